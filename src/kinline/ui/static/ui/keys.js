// Keyboard shortcuts for staff. Every action is a plain form or link that works without this file.
//
// A control says its key in data-key as a KeyboardEvent.code ("KeyS"), so that it is the same key on the keyboard
// whatever alphabet is switched on. "Ctrl+Enter" sends the form one is writing in. Single keys are silent while
// somebody writes, and can be turned off for good (WCAG 2.2, 2.1.4). Words come from the page, in its language.
(function () {
  "use strict";
  var words = document.body.dataset;
  var open = document.querySelector("[data-keys-open]");
  if (!open) return;
  var STORE = "kinline-keys";
  var dialog = null;

  function isOff() {
    try { return localStorage.getItem(STORE) === "off"; } catch (refused) { return false; }
  }

  function turn(off) {
    try { localStorage.setItem(STORE, off ? "off" : "on"); } catch (refused) { /* private window: holds for this page only */ }
  }

  function isWriting(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) &&
      !/^(checkbox|radio|submit|button)$/.test(element.type);
  }

  function shown(element) {
    return element.getClientRects().length > 0 && !element.disabled;
  }

  function withKey(code, within) {
    return Array.from((within || document).querySelectorAll("[data-key]")).find(function (element) {
      return element.dataset.key === code && shown(element);
    });
  }

  function use(element) {
    if (isWriting(element)) element.focus();
    else element.click();
  }

  function spoken(element) {
    var label = element.dataset.keyWords || element.getAttribute("aria-label") ||
      (element.labels && element.labels[0] && element.labels[0].textContent) || element.textContent;
    return label.replace(/\s+/g, " ").trim();
  }

  function add(parent, tag, text) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function button(parent, text, act) {
    var element = add(parent, "button", text);
    element.type = "button";
    element.className = "button second";
    element.addEventListener("click", act);
  }

  function help() {
    if (dialog) dialog.remove();
    dialog = add(document.body, "dialog");
    var heading = add(dialog, "h2", words.keysTitle);
    heading.id = "keys-title";
    dialog.setAttribute("aria-labelledby", heading.id);
    if (isOff()) add(dialog, "p", words.keysAreOff);
    var list = add(dialog, "ul");
    Array.from(document.querySelectorAll("[data-key]")).filter(shown).forEach(function (element) {
      var item = add(list, "li", spoken(element) + " ");
      add(item, "kbd", element.dataset.key.replace(/^(Key|Digit)/, "").replace("Slash", "/"));
    });
    var row = add(dialog, "div");
    row.className = "buttons";
    button(row, isOff() ? words.keysOn : words.keysOff, function () { turn(!isOff()); dialog.close(); });
    button(row, words.keysClose, function () { dialog.close(); });
    dialog.showModal();
  }

  open.hidden = false;
  open.addEventListener("click", help);
  document.querySelectorAll("[data-key]").forEach(function (element) {
    if (/^Key[A-Z]$/.test(element.dataset.key)) element.setAttribute("aria-keyshortcuts", element.dataset.key.slice(3));
  });
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.repeat || event.isComposing || (dialog && dialog.open)) return;
    var element = null;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "Enter" && event.target.form) {
      element = withKey("Ctrl+Enter", event.target.form);
    } else if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || isOff()) {
      return;
    } else if (event.key === "?" || (event.shiftKey && event.code === "Slash")) {
      element = open;
    } else if (!event.shiftKey) {
      element = withKey(event.code);
    }
    if (!element) return;
    event.preventDefault();
    use(element);
  });
})();
