// Small helpers for elements. Data only ever becomes text.

/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/** A new element with a class and its children: elements, or text. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(label, className, act) {
  const made = element('button', className, label);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

/** Changes a text only where it differs, so that a screen reader is not told twice. */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** A count with its noun: "1 error", "2 errors". */
export const count = (amount, noun) => `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;

/** Copies a text, and says in the button whether that worked. */
export function copyButton(label, text) {
  const made = button(label, 'quiet', async () => {
    const copied = await navigator.clipboard.writeText(text()).then(() => true, () => false);
    made.textContent = copied ? 'Copied' : 'Cannot copy here';
    setTimeout(() => (made.textContent = label), 1500);
  });
  return made;
}
