// Counts the words of a text while it is typed. The server counts what is sent (locale.Words); this is what it comes to for plain words.
for (const text of document.querySelectorAll("textarea[data-words]")) {
  const shown = document.getElementById(text.id + "-words");
  const most = Number(text.dataset.words);
  const count = () => {
    const words = (text.value.match(/\S*[\p{L}\p{N}]\S*/gu) || []).length;
    shown.textContent = shown.dataset.template.replace("{n}", words.toLocaleString(document.documentElement.lang));
    shown.classList.toggle("over", words > most);
  };
  text.addEventListener("input", count);
  count();
}
