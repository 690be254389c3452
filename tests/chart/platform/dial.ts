import type { Cluster } from '../cluster.ts'
import { version } from './install.ts'

/** A place to which connections are tried. */
export interface Place {
  name: string
  host: string
  port: number
}
/** From whose pod they are tried. */
export interface Caller {
  name: string
  namespace: string
  pod: string
}

const waitMs = 2_500
const program = `const net = require('node:net')
  const places = JSON.parse(process.argv[1])
  const dial = ({ host, port }) => new Promise(resolve => {
    const socket = net.connect({ host, port, timeout: ${waitMs} })
    const end = said => { socket.destroy(); resolve(said) }
    socket.on('connect', () => end('open')).on('timeout', () => end('TIMEOUT')).on('error', error => end(error.code))
  })
  Promise.all(places.map(dial)).then(found => console.log(JSON.stringify(found)))`

/** Tries a connection to each place from a pod that has Node. @returns names of those that were opened */
export const dial = async (cluster: Cluster, { namespace, pod }: Caller, places: Place[]): Promise<Set<string>> => {
  const run = ['--', '/usr/local/bin/node', '-e', program, JSON.stringify(places)]
  const said = await cluster.kubectl(['exec', `--namespace=${namespace}`, pod, ...run])
  const found = JSON.parse(said) as string[]
  return new Set(places.filter((_, n) => found[n] === 'open').map(({ name }) => name))
}

/** A pod that does nothing, under `restricted`: somebody else in the cluster, to try doors from. */
export const strangerPod = (namespace: string, name: string, labels: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        ...{ name, image: `localhost/linghang-gateway:${version}`, imagePullPolicy: 'Never' },
        args: ['-e', 'setInterval(() => undefined, 1e6)'],
        resources: { limits: { memory: '128Mi' } },
        securityContext: {
          ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        },
      },
    ],
  },
})
