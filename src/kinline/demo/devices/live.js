// Shows what comes without a press. Everything on the page works without this, too.
const LOOK_EVERY = 1500;

async function look(part) {
  const answer = await fetch(part.dataset.live, { cache: "no-store" }).catch(() => null);
  if (!answer || !answer.ok) return;
  const mark = answer.headers.get("ETag")?.replaceAll('"', "");
  const content = await answer.text();
  if (mark === part.dataset.mark) return;
  part.dataset.mark = mark;
  part.innerHTML = content;
}

const parts = [...document.querySelectorAll("[data-live]")];
setInterval(() => document.hidden || parts.forEach(look), LOOK_EVERY);

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const said = new FormData(form);
  if (event.submitter && event.submitter.name) said.set(event.submitter.name, event.submitter.value);
  form.reset();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(said) }).catch(() => null);
  if (!answer || !answer.ok) document.getElementById("unsent").hidden = false;
  parts.forEach(look);
});
