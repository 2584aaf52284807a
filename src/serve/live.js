// Live reload of the preview. Not part of a published site.
(() => {
  const script = document.currentScript.src;
  let box = null;

  const show = (report) => {
    hide();
    box = document.createElement("section");
    box.setAttribute("role", "alert");
    box.setAttribute("aria-label", "Fel i innehållet");
    Object.assign(box.style, {
      position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", zIndex: 9999,
      background: "#1a1d21", color: "#fff", borderTop: "4px solid #d33", padding: "1rem 1.5rem",
    });
    const title = document.createElement("p");
    title.textContent = "Innehållet har fel. Sidan visar den senaste versionen utan fel.";
    title.style.fontWeight = "bold";
    const text = document.createElement("pre");
    text.textContent = report;
    text.style.whiteSpace = "pre-wrap";
    const close = document.createElement("button");
    close.textContent = "Dölj";
    close.addEventListener("click", hide);
    box.append(title, text, close);
    document.body.append(box);
  };

  const hide = () => {
    if (box) box.remove();
    box = null;
  };

  const events = new EventSource(new URL("live" + new URL(script).search, script));
  events.addEventListener("reload", () => location.reload());
  events.addEventListener("problems", (event) => show(JSON.parse(event.data)));
})();
