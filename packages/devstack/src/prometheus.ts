import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { choosePort } from './ports.ts'
import { findPrometheus } from './prometheus-programs.ts'
import { type Report, timed } from './report.ts'
import { claimServer, type RunningServer, serverDir, spawnServer, waitReady } from './server-process.ts'

/** A running Prometheus. */
export interface PrometheusServer extends RunningServer {
  /** `http://host:port`, with its API under `/api/v1`. */
  url: string
  /** What it was told; read again on SIGHUP. */
  configFile: string
}

const name = 'prometheus'

/**
 * Starts a Prometheus that scrapes and evaluates what `config` says.
 *
 * @param options.config text of `prometheus.yml`; names of rule files in it are absolute
 * @param options.lookbackSeconds for so long what was scraped last is taken for what is, where no end was noticed
 * @throws StackFault
 */
export const startPrometheus = async (options: {
  stateDir: string
  config: string
  lookbackSeconds?: number
  port?: number
  report: Report
}): Promise<PrometheusServer> => {
  const { prometheus } = await findPrometheus(options.report)
  await claimServer(options.stateDir, name, 'SIGTERM')
  const dir = serverDir(options.stateDir, name)
  await mkdir(dir, { recursive: true })
  const file = join(dir, 'prometheus.yml')
  await writeFile(file, options.config)
  const port = await choosePort('Prometheus', options.port)
  const url = `http://127.0.0.1:${port}`
  return timed(options.report, name, `start on 127.0.0.1:${port}`, async () => {
    const running = await spawnServer(
      {
        name,
        stateDir: options.stateDir,
        command: prometheus,
        args: [
          `--config.file=${file}`,
          `--storage.tsdb.path=${join(dir, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--storage.tsdb.retention.time=1d',
          `--query.lookback-delta=${options.lookbackSeconds ?? 300}s`,
          '--log.level=warn',
        ],
        stopSignal: 'SIGTERM',
        stopTimeoutMs: 10_000,
      },
      port,
    )
    await waitReady(
      running,
      async () => (await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(2_000) })).ok,
      30_000,
    )
    return { ...running, url, configFile: file }
  })
}
