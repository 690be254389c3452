import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readEnvironment } from './env.ts'
import { readJson, writeJson } from './files.ts'
import { findVersitygw } from './object-store-programs.ts'
import { choosePort } from './ports.ts'
import { type Report, timed } from './report.ts'
import { claimServer, foreignServer, type RunningServer, serverDir, spawnServer, waitReady } from './server-process.ts'

/** A running S3-compatible store. */
export interface ObjectStoreServer extends RunningServer {
  /** `http://host:port`; buckets are named in the path. */
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
}

type Remembered = { port: number; accessKeyId: string; secretAccessKey: string }

const name = 'objects'
const healthPath = '/health'
const readyTimeoutMs = 30_000

const remembered = async (path: string): Promise<Remembered | undefined> => {
  const value = await readJson(path)
  return typeof value === 'object' && value !== null && 'port' in value && 'secretAccessKey' in value
    ? (value as Remembered)
    : undefined
}

/** Any answer will do for a store that is not ours: what it says to a stranger differs from product to product. */
const answers = async (url: string, mustBeOk: boolean): Promise<boolean> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
  await response.body?.cancel()
  return response.ok || !mustBeOk
}

const foreignStore = async (url: URL): Promise<ObjectStoreServer> => {
  const server = foreignServer(name, Number(url.port) || (url.protocol === 'https:' ? 443 : 80))
  const endpoint = url.origin
  await waitReady(server, () => answers(endpoint, false), 15_000)
  return {
    ...server,
    endpoint,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  }
}

/**
 * Starts an S3-compatible store over a folder, or adopts the one that LINGHANG_OBJECT_STORE_URL names. Keys are made
 * at the first start of a state folder and remembered.
 *
 * @param options.port fixed port; an error when it is taken
 * @throws StackFault
 */
export const startObjectStore = async (options: {
  stateDir: string
  port?: number
  report: Report
}): Promise<ObjectStoreServer> => {
  const { objectStoreUrl } = readEnvironment()
  if (objectStoreUrl) return foreignStore(new URL(objectStoreUrl))
  const command = await findVersitygw(options.report)
  await claimServer(options.stateDir, name, 'SIGTERM')
  const dir = serverDir(options.stateDir, name)
  const file = join(dir, 'server.json')
  const before = await remembered(file)
  const port = await choosePort('S3', options.port, before?.port)
  const keys = {
    accessKeyId: before?.accessKeyId ?? `linghang-${randomBytes(4).toString('hex')}`,
    secretAccessKey: before?.secretAccessKey ?? randomBytes(24).toString('base64url'),
  }
  await writeJson(file, { port, ...keys })
  const [data, sidecar] = [join(dir, 'data'), join(dir, 'metadata')]
  await Promise.all([data, sidecar].map(folder => mkdir(folder, { recursive: true })))
  return timed(options.report, 'objects', `start on 127.0.0.1:${port}`, async () => {
    const running = await spawnServer(
      {
        name,
        stateDir: options.stateDir,
        command,
        // Metadata beside the files, because not every file system has extended attributes.
        args: ['--port', `127.0.0.1:${port}`, '--health', healthPath, 'posix', '--sidecar', sidecar, data],
        env: { ROOT_ACCESS_KEY: keys.accessKeyId, ROOT_SECRET_KEY: keys.secretAccessKey },
        stopSignal: 'SIGTERM',
        stopTimeoutMs: 10_000,
      },
      port,
    )
    const endpoint = `http://127.0.0.1:${port}`
    await waitReady(running, () => answers(`${endpoint}${healthPath}`, true), readyTimeoutMs)
    return { ...running, endpoint, ...keys }
  })
}
