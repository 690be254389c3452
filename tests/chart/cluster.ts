import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '@linghang/devstack'
import { kubeconfigOf } from './node/layout.ts'
import { attachNode, type ClusterNode } from './node/node.ts'

/** The cluster as a test speaks to it: the tests run in the node's network, with this machine's files and processes. */
export interface Cluster {
  node: ClusterNode
  /** kubectl to its end. @returns its output @throws Error with its words */
  kubectl(args: string[], options?: { timeoutMs?: number }): Promise<string>
  /** `kubectl apply` of an object or a list of them. */
  apply(objects: object): Promise<string>
  helm(args: string[], options?: { timeoutMs?: number }): Promise<string>
}

const commandTimeoutMs = 180_000

/** The cluster in a folder. */
export const openCluster = (folder: string): Cluster => {
  const node = attachNode(folder)
  const asAdmin = { KUBECONFIG: kubeconfigOf(folder), HOME: folder }
  const speak =
    (program: string) =>
    async (args: string[], { timeoutMs = commandTimeoutMs } = {}): Promise<string> => {
      const { code, stdout, stderr } = await runCommand(program, args, { timeoutMs, env: asAdmin })
      if (code === 0) return stdout
      throw new Error(
        `${program.split('/').at(-1)} ${args.join(' ').slice(0, 200)}: ${stderr.slice(-2000) || stdout.slice(-2000)}`,
      )
    }
  const kubectl = speak(node.programs.kubectl)
  return {
    node,
    kubectl,
    apply: async objects => {
      // What objects hold is not to be read from the list of processes.
      const file = join(folder, `apply-${randomBytes(4).toString('hex')}.json`)
      await writeFile(file, JSON.stringify(objects), { mode: 0o600 })
      return kubectl(['apply', '-f', file]).finally(() => rm(file))
    },
    helm: speak(node.programs.helm),
  }
}
