import type { Cluster } from '../cluster.ts'
import { declared } from './declared.ts'
import { note } from './notes.ts'
import { type Pod, platformPods } from './pods.ts'
import { release } from './prepare.ts'

/** What a pod's program says of itself: since when it runs, what it needs, what it has written. */
interface Started {
  /** From the beginning of its process to its own word that it is ready. */
  readyMs: number
  residentBytes: number
  /** The most that it has had at once. */
  highestBytes: number
  /** Files under `/tmp`, the only place that it may write to. */
  written: string[]
}

const ofProcess1 = `const fs = require('node:fs')
  const read = file => fs.readFileSync(file, 'utf8')
  const status = read('/proc/1/status')
  const bytes = name => Number(new RegExp(name + ':\\\\s+(\\\\d+)').exec(status)[1]) * 1024
  const ticks = Number(read('/proc/1/stat').split(') ')[1].split(' ')[19])
  const begunAt = Date.now() - (Number(read('/proc/uptime').split(' ')[0]) - ticks / 100) * 1000
  const written = fs.readdirSync('/tmp', { recursive: true })
  console.log(JSON.stringify({ begunAt, residentBytes: bytes('VmRSS'), highestBytes: bytes('VmHWM'), written }))`

/** @throws Error when the program of the pod has not said that it is ready */
export const startedOf = async (cluster: Cluster, { metadata }: Pod): Promise<Started> => {
  const where = [`--namespace=${release.namespace}`, metadata.name]
  const said = await cluster.kubectl(['exec', ...where, '--', '/usr/local/bin/node', '-e', ofProcess1])
  const { begunAt, ...found } = JSON.parse(said)
  const lines = (await cluster.kubectl(['logs', ...where])).split('\n')
  const ready = lines.find(line => line.includes('"msg":"ready"'))
  if (ready === undefined) throw new Error(`${metadata.name} has not said that it is ready`)
  return { ...found, readyMs: Date.parse(JSON.parse(ready).time) - begunAt }
}

/** Notes what each process needs, and the most that it has had since it began. */
export const noteMemory = async (cluster: Cluster, when: string): Promise<void> => {
  for (const name of Object.keys(declared))
    for (const pod of await platformPods(cluster, name)) {
      const { residentBytes, highestBytes } = await startedOf(cluster, pod)
      note(`  ${when}: ${name} ${inMegabytes(residentBytes)} MB, at most ${inMegabytes(highestBytes)} MB`)
    }
}

export const inMegabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(0)
