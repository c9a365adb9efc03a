// Sends a large file through a link and shows how far it is: a form takes 4 MiB. Whatever a form can take, it is sent with where that fails.
for (const part of document.querySelectorAll(".upload")) {
  const form = part.querySelector("form");
  const said = part.querySelector("[role=status]");
  const value = (name) => form.elements[name].value;

  const created = async (file, key = { "Idempotency-Key": value("request") }) => {
    const body = { name: file.name, bytes: file.size };
    for (const name of ["kind", "lang", "call", "term"]) {
      if (value(name)) {
        body[name] = value(name);
      }
    }
    const answer = await fetch(part.dataset.api, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": value("csrf_token"), ...key },
      body: JSON.stringify(body),
    });
    const got = await answer.json();
    if (got.code === "IDEMPOTENCY_KEY_REUSED") { // the form was gone back to, and another file chosen
      return created(file, {});
    }
    if (!answer.ok) {
      throw new Error(got.detail);
    }
    return got;
  };

  const put = (link, file) => new Promise((sent, failed) => {
    const request = new XMLHttpRequest();
    request.open(link.method, link.url);
    for (const [name, text] of Object.entries(link.headers)) {
      if (!/^(host|content-length)$/i.test(name)) { // which browsers set themselves
        request.setRequestHeader(name, text);
      }
    }
    request.upload.onprogress = (event) => {
      said.textContent = said.dataset.sending.replace("{n}", Math.floor((100 * event.loaded) / event.total));
    };
    request.onload = () => (request.status < 300 ? sent() : failed(new Error()));
    request.onerror = () => failed(new Error());
    request.send(file);
  });

  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    if (!file || file.size <= Number(part.dataset.small)) {
      return;
    }
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const got = await created(file);
      if (got.upload) {
        await put(got.upload, file);
      }
      location.assign(part.dataset.then.replace("{id}", got.import.id));
    } catch (refused) {
      button.disabled = false;
      if (file.size <= Number(part.dataset.most) && !refused.message) {
        form.submit();
        return;
      }
      said.textContent = refused.message || said.dataset.failed;
    }
  });
}
