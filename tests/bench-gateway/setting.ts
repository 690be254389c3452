import type { JWK } from 'jose'

/** What the benchmark tells each process that it starts. */
export type Setting = {
  name: string
  privateJwk: JWK
  publicJwk: JWK
  issuer: string
  audience: string
  urls: Record<string, string>
  supergraphFile: string
}

export const readSetting = (): Setting => JSON.parse(process.argv[2] ?? '{}') as Setting

/** Says where this process answers, and on demand what it has used: CPU time in microseconds, memory in bytes. */
export function report(url: string, more: () => Record<string, number> = () => ({})): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss(), ...more() })
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ url })
}
