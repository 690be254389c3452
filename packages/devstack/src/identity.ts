import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEnvironment } from './env.ts'
import { readJson, writeJson } from './files.ts'
import { choosePort } from './ports.ts'
import { type Report, timed } from './report.ts'
import { claimServer, foreignServer, type RunningServer, serverDir, spawnServer, waitReady } from './server-process.ts'

/** A running OpenID provider. */
export interface IdentityProvider extends RunningServer {
  /** Issuer URL; discovery is at `<issuer>/.well-known/openid-configuration`. */
  issuer: string
}

const entry = fileURLToPath(new URL('./identity/main.ts', import.meta.url))

const answers = async (issuer: string): Promise<boolean> => {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(2000) })
  const found = (await response.json()) as { issuer?: unknown }
  return response.ok && found.issuer === issuer
}

const rememberedPort = async (path: string): Promise<number | undefined> => {
  const value = await readJson(path)
  return typeof value === 'object' && value !== null && 'port' in value ? Number(value.port) : undefined
}

/**
 * Starts the local OpenID provider in a process of its own, or adopts the one that LINGHANG_OIDC_ISSUER names. Keys,
 * sessions and refresh tokens live in the state folder, so that tokens stay valid over a restart on the same port.
 *
 * @param options.accountsFile people who can sign in (see `addAccounts`); read again when it changes
 * @param options.clientsFile apps (see `addClient`); read again when it changes
 * @throws StackFault
 */
export const startIdentityProvider = async (options: {
  stateDir: string
  port?: number
  accountsFile: string
  clientsFile: string
  report: Report
}): Promise<IdentityProvider> => {
  const { oidcIssuer } = readEnvironment()
  if (oidcIssuer) {
    const server = foreignServer('identity', Number(new URL(oidcIssuer).port || 443))
    await waitReady(server, () => answers(oidcIssuer), 15_000)
    return { ...server, issuer: oidcIssuer }
  }
  await claimServer(options.stateDir, 'identity', 'SIGTERM')
  const folder = serverDir(options.stateDir, 'identity')
  const port = await choosePort('OpenID', options.port, await rememberedPort(join(folder, 'server.json')))
  await writeJson(join(folder, 'server.json'), { port })
  const issuer = `http://127.0.0.1:${port}`
  const { accountsFile, clientsFile } = options
  return timed(options.report, 'identity', `start on 127.0.0.1:${port}`, async () => {
    const running = await spawnServer(
      {
        name: 'identity',
        stateDir: options.stateDir,
        command: process.execPath,
        args: [
          '--disable-warning=ExperimentalWarning',
          entry,
          JSON.stringify({ issuer, port, folder, accountsFile, clientsFile }),
        ],
        stopSignal: 'SIGTERM',
        stopTimeoutMs: 5000,
      },
      port,
    )
    await waitReady(running, () => answers(issuer), 30_000)
    return { ...running, issuer }
  })
}
