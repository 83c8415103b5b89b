// Questions to the desk. What has no answer is null: whoever asks says so, or goes on without it.

const REST = 150; // after the last key

/** The token of the session as it is now: whoever signed in again in another tab has a new one in the cookie. */
export function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}

/** Returns what the desk answers: null without a connection, if it refuses, or if the page to sign in comes instead. */
export async function ask(address, options) {
  const answer = await fetch(address, options).catch(() => null);
  return answer?.ok && !answer.redirected ? answer : null;
}

export async function askText(address, options) {
  return (await (await ask(address, options))?.text().catch(() => null)) ?? null;
}

export async function askJson(address, options) {
  return (await (await ask(address, options))?.json().catch(() => null)) ?? null;
}

/** For a search while one types: asks when the keys rest. Only the newest question gets an answer, the others undefined. */
export function searching() {
  let newest = 0;
  return async (question, rest = REST) => {
    const own = ++newest;
    await new Promise((resolve) => { setTimeout(resolve, rest); });
    const answer = own === newest ? await question() : undefined;
    return own === newest ? answer : undefined;
  };
}
