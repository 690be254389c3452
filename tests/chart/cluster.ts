import { runCommand } from '@linghang/devstack'
import { kubeconfigOf } from './node/layout.ts'
import { attachNode, type ClusterNode } from './node/node.ts'

/** The cluster as a test speaks to it: the tests run in the node's network, with this machine's files and processes. */
export interface Cluster {
  node: ClusterNode
  /** kubectl to its end. @returns its output @throws Error with its words */
  kubectl(args: string[], options?: { timeoutMs?: number }): Promise<string>
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
  return { node, kubectl: speak(node.programs.kubectl), helm: speak(node.programs.helm) }
}
