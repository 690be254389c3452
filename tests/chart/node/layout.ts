import { join } from 'node:path'

/** Addresses inside the node's own network; nothing of them is seen on the machine. */
export const network = {
  node: '10.245.0.10',
  /** A gateway that is not there: without a default route the node itself could not reach its Services. */
  nowhere: '10.245.0.1',
  pods: '10.244.0.0/24',
  services: '10.96.0.0/16',
  apiService: '10.96.0.1',
  dnsService: '10.96.0.10',
} as const

/** The node's name. */
export const nodeName = 'node-1'

/** What a node is told: where it lives and with which programs. Passed from outside to inside as JSON. */
export interface NodeSetting {
  /** All of its state; only what lies under `volumes` outlives `stop`. */
  folder: string
  bin: string
  kubectl: string
}

/** The places under a node's folder. */
export const placesOf = (folder: string) => ({
  certificates: join(folder, 'certificates'),
  etcd: join(folder, 'etcd'),
  kubelet: join(folder, 'kubelet'),
  containerd: join(folder, 'containerd'),
  logs: join(folder, 'logs'),
  configuration: join(folder, 'configuration'),
  volumes: join(folder, 'volumes'),
  /** Appears when everything is up. */
  ready: join(folder, 'ready'),
  /** What the inside says to the outside while it starts. */
  progress: join(folder, 'progress.log'),
})

/** kubectl's configuration of the administrator, or of one of the node's own programs. */
export const kubeconfigOf = (folder: string, user = 'admin'): string =>
  join(placesOf(folder).certificates, `${user}.kubeconfig`)

/** Where containerd listens; under a folder that the node has for itself. */
export const containerdSocket = '/run/containerd/containerd.sock'
