import type { Cluster } from '../cluster.ts'
import type { Pod } from './pods.ts'
import { release } from './prepare.ts'

/**
 * Has the program of a pod itself take memory until its limit is reached, by Node's own inspector: another process in
 * the container would be the one that is killed.
 */
const takeMemory = `process.kill(1, 'SIGUSR1')
  const find = async () => {
    for (;;) {
      const found = await fetch('http://127.0.0.1:9229/json/list').then(response => response.json()).catch(() => [])
      if (found.length > 0) return found[0].webSocketDebuggerUrl
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  const socket = new WebSocket(await find())
  await new Promise(resolve => socket.addEventListener('open', resolve))
  const expression = 'globalThis.taken = []; setInterval(() => taken.push(Buffer.alloc(33554432, 1)), 50); 0'
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }))
  await new Promise(resolve => socket.addEventListener('close', resolve))`

/** Returns when the program of the pod is gone. */
export const exhaustMemory = async (cluster: Cluster, { metadata }: Pod): Promise<void> => {
  const inside = ['exec', `--namespace=${release.namespace}`, metadata.name, '--', '/usr/local/bin/node']
  // Whoever told it to goes with it.
  await cluster.kubectl([...inside, '--input-type=module', '-e', takeMemory]).catch(() => undefined)
}
