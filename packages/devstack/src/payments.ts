import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readJson, writeJson } from './files.ts'
import { loadSandboxKeys } from './payments/keys.ts'
import { choosePort } from './ports.ts'
import { type Report, timed } from './report.ts'
import { claimServer, type RunningServer, serverDir, spawnServer, waitReady } from './server-process.ts'

/** A payment provider to try against: it speaks WeChat Pay's API v3 and moves no money. */
export interface PaymentSandbox extends RunningServer {
  url: string
  /** How the dues service is configured to pay through it, but for where callbacks go (PAYMENTS_NOTIFY_URL). */
  merchant: Record<string, string>
}

const entry = fileURLToPath(new URL('./payments/main.ts', import.meta.url))

const answers = async (url: string): Promise<boolean> => {
  const response = await fetch(`${url}/sandbox/sent`, { signal: AbortSignal.timeout(2_000) })
  await response.body?.cancel()
  return response.ok
}

const rememberedPort = async (path: string): Promise<number | undefined> => {
  const value = await readJson(path)
  return typeof value === 'object' && value !== null && 'port' in value ? Number(value.port) : undefined
}

/**
 * Our account at a sandbox, as the dues service is told of it; made in the sandbox's folder when it has none yet.
 *
 * @param url where services reach it
 */
export const sandboxMerchant = async (folder: string, url: string): Promise<Record<string, string>> => {
  const keys = await loadSandboxKeys(join(folder, 'keys.json'))
  return {
    PAYMENTS_BASE_URL: url,
    PAYMENTS_MERCHANT_ID: keys.merchantId,
    PAYMENTS_APP_ID: keys.appId,
    PAYMENTS_MERCHANT_SERIAL: keys.merchantSerial,
    PAYMENTS_PRIVATE_KEY: keys.merchantPrivateKey,
    PAYMENTS_API_V3_KEY: keys.apiV3Key,
    PAYMENTS_PLATFORM_KEYS: JSON.stringify({ [keys.platformSerial]: keys.platformPublicKey }),
  }
}

/**
 * Starts the sandbox of a payment provider in a process of its own. Keys, orders and refunds live in the state folder, so
 * that they are there after a restart, however it ended.
 *
 * @throws StackFault
 */
export const startPaymentSandbox = async (options: {
  stateDir: string
  port?: number
  report: Report
}): Promise<PaymentSandbox> => {
  await claimServer(options.stateDir, 'payments', 'SIGTERM')
  const folder = serverDir(options.stateDir, 'payments')
  const port = await choosePort('payments', options.port, await rememberedPort(join(folder, 'server.json')))
  await writeJson(join(folder, 'server.json'), { port })
  const url = `http://127.0.0.1:${port}`
  const merchant = await sandboxMerchant(folder, url)
  return timed(options.report, 'payments', `start on 127.0.0.1:${port}`, async () => {
    const running = await spawnServer(
      {
        ...{ name: 'payments', stateDir: options.stateDir, command: process.execPath },
        args: ['--disable-warning=ExperimentalWarning', entry, JSON.stringify({ port, folder })],
        ...{ stopSignal: 'SIGTERM', stopTimeoutMs: 5_000 },
      },
      port,
    )
    await waitReady(running, () => answers(url), 30_000)
    return { ...running, url, merchant }
  })
}
