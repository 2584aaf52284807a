// The preview's stand-in for the client: the same global, answered by the server that shows the page.
(function () {
  "use strict";
  window.samverkSearch = function () {
    const ask = async (path, text, options) => {
      // Longer questions are cut anyway, and no address may be so long.
      const params = new URLSearchParams({ q: text.slice(0, 1100) });
      ["limit", "offset"].forEach((key) => { if (options[key]) params.set(key, options[key]); });
      if (options.complete) params.set("complete", "1");
      Object.keys(options.filters || {}).forEach((key) => options.filters[key].forEach((value) => params.append(key, value)));
      const response = await fetch("/api/" + path + "?" + params);
      if (!response.ok) throw new Error(path + ": " + response.status);
      return response.json();
    };
    return {
      query: (text, options) => ask("search", text, options || {}),
      facets: (text, options) => ask("facets", text, options || {})
    };
  };
})();
