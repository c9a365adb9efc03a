// Shows how far something has come without loading the page again, which would interrupt who reads it. Once nothing is waited for any more, the
// page is loaded. Without the script the browser loads it each time.
const waits = document.querySelector('meta[name="again"]');
const later = () => setTimeout(again, 1000 * waits.content);
const again = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
  if (!answer || answer.status >= 429) { // nobody answers at the moment
    later();
    return;
  }
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!next.querySelector('meta[name="again"]')) { // it is done, or whoever reads is signed out
    location.reload();
    return;
  }
  const shown = document.getElementById("content");
  if (!shown.contains(document.activeElement)) {
    shown.replaceChildren(...next.getElementById("content").childNodes);
  }
  later();
};
if (waits) {
  later();
}
