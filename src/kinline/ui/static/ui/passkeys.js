// Says so on the page when a passkey did not answer; without this the sign-in library tells only the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key_problem").hidden = false;
});
