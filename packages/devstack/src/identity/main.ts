import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type Provider from 'oidc-provider'
import { createDirectory, type Directory } from './accounts.ts'
import { type Attempts, createAttempts } from './attempts.ts'
import { loadKeys } from './keys.ts'
import { loginPage, loginProblems, messagePage } from './login-page.ts'
import { clientMetadata, createProvider } from './provider.ts'
import { createStorage } from './storage.ts'

interface IdentityOptions {
  issuer: string
  /** Where it listens: this machine alone unless told. */
  host?: string
  port: number
  folder: string
  accountsFile: string
  clientsFile: string
}

const formLimitBytes = 10_000
const security = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > formLimitBytes) throw new Error('form too large')
  }
  return new URLSearchParams(body)
}

const show = (response: ServerResponse, status: number, html: string): void => {
  response.writeHead(status, security).end(html)
}

/** Both ways of the sign-in page: shown, and sent. */
const createLogin =
  (provider: Provider, directory: Directory, attempts: Attempts) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const details = await provider.interactionDetails(request, response).catch(() => undefined)
    if (!details) return show(response, 400, messagePage(loginProblems.expired))
    const action = `/login/${details.uid}`
    if (request.method !== 'POST') return show(response, 200, loginPage(action, ''))
    const form = await readForm(request)
    const [username, password] = [form.get('username')?.trim() ?? '', form.get('password') ?? '']
    if (!attempts.mayTry(username)) return show(response, 429, loginPage(action, username, loginProblems.closed))
    const accountId = await directory.signIn(username, password)
    if (accountId === undefined) {
      attempts.failed(username)
      return show(response, 401, loginPage(action, username, loginProblems.wrong))
    }
    attempts.succeeded(username)
    await provider.interactionFinished(request, response, { login: { accountId } })
  }

const start = async (options: IdentityOptions): Promise<void> => {
  const directory = createDirectory(options.accountsFile, options.clientsFile)
  const keys = await loadKeys(join(options.folder, 'keys.json'))
  const storage = createStorage(join(options.folder, 'identity.sqlite'), id => clientMetadata(directory, id))
  const provider = createProvider(options.issuer, keys, storage, directory)
  const login = createLogin(
    provider,
    directory,
    createAttempts(() => performance.now()),
  )
  provider.on('server_error', (_ctx, error) => console.error(error))
  const callback = provider.callback()
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/login/')) return void callback(request, response)
    login(request, response).catch(error => {
      console.error(error)
      if (!response.headersSent) response.writeHead(500).end()
    })
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0))
      server.closeAllConnections()
    })
  }
  server.listen(options.port, options.host ?? '127.0.0.1')
}

await start(JSON.parse(process.argv[2] ?? '{}') as IdentityOptions)
