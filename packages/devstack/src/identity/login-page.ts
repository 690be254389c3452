const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, found => escapes[found] ?? found)

/** What the page says when a sign-in has not succeeded. */
export const loginProblems = {
  wrong: '用户名或密码不正确。 The user name or the password is wrong.',
  closed: '尝试次数过多，请十五分钟后再试。 Too many attempts: try again in a quarter of an hour.',
  expired: '登录已过期，请从应用重新开始。 This sign-in has expired: start again from the application.',
} as const

const frame = (body: string): string => `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>领航 · 登录 Linghang · Sign in</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; display: grid; place-items: center; min-height: 90vh; margin: 0; background: #f6f4f1; color: #222 }
main { width: min(22rem, 90vw); background: #fff; padding: 2rem; border-radius: .5rem; border-top: .25rem solid #b3261e }
label { display: block; margin-top: 1rem }
input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; margin-top: .25rem }
button { margin-top: 1.5rem; background: #b3261e; color: #fff; border: 0; border-radius: .25rem }
[role=alert] { color: #b3261e }
</style>
<main><h1>领航 <small>Linghang</small></h1>
${body}
</main>
</html>
`

/**
 * The sign-in page in both languages.
 *
 * @param action where the form goes
 * @param problem what went wrong the last time
 */
export const loginPage = (action: string, username: string, problem?: string): string =>
  frame(`${problem ? `<p role="alert">${escapeHtml(problem)}</p>` : ''}
<form method="post" action="${escapeHtml(action)}" autocomplete="on">
<label>用户名 User name<input name="username" value="${escapeHtml(username)}" autocomplete="username" required autofocus></label>
<label>密码 Password<input name="password" type="password" autocomplete="current-password" required></label>
<button>登录 Sign in</button>
</form>`)

/** A page that only says why there is nothing to fill in. */
export const messagePage = (problem: string): string => frame(`<p role="alert">${escapeHtml(problem)}</p>`)
