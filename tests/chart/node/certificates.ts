import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { must } from './inside.ts'
import { kubeconfigOf, network, nodeName, placesOf } from './layout.ts'

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Who may speak to the API server by certificate, with the name (and group) that it knows them by. */
const subjects: Record<string, string> = {
  admin: '/O=system:masters/CN=admin',
  kubelet: `/O=system:nodes/CN=system:node:${nodeName}`,
  'kube-controller-manager': '/CN=system:kube-controller-manager',
  'kube-scheduler': '/CN=system:kube-scheduler',
  'kube-proxy': '/CN=system:kube-proxy',
}

const kubeconfig = (folder: string, user: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'node',
        cluster: { server: `https://${network.node}:6443`, 'certificate-authority': join(folder, 'ca.crt') },
      },
    ],
    users: [
      {
        name: user,
        user: { 'client-certificate': join(folder, `${user}.crt`), 'client-key': join(folder, `${user}.key`) },
      },
    ],
    contexts: [{ name: 'node', context: { cluster: 'node', user } }],
    'current-context': 'node',
  })

/** An authority of the node's own, certificates of everybody in it and their kubeconfigs; those of the last time are kept. */
export const makeCertificates = async (stateFolder: string): Promise<void> => {
  const folder = placesOf(stateFolder).certificates
  if (existsSync(join(folder, 'whole'))) return
  await mkdir(folder, { recursive: true })
  const at = (name: string): string => join(folder, name)
  // Debian's own configuration would add extensions that an authority and a server cannot both have.
  await writeFile(at('request.cnf'), '[req]\ndistinguished_name=nobody\n[nobody]\n')
  const request = ['req', '-x509', ...curve, '-config', at('request.cnf')]
  const authority = ['-subj', '/CN=one-node', '-days', '3650', '-addext', 'basicConstraints=critical,CA:TRUE']
  await must('openssl', ...request, ...authority, '-keyout', at('ca.key'), '-out', at('ca.crt'))
  const issue = (name: string, subject: string, names: string): Promise<string> =>
    must(
      'openssl',
      ...[...request, '-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-days', '365', '-subj', subject],
      ...['-keyout', at(`${name}.key`), '-out', at(`${name}.crt`), '-addext', `subjectAltName=${names}`],
      ...['-addext', 'extendedKeyUsage=serverAuth,clientAuth'],
    )
  const hosts = ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc']
  const addresses = ['127.0.0.1', network.node, network.apiService]
  const apiNames = [...hosts.map(host => `DNS:${host}`), ...addresses.map(address => `IP:${address}`)].join()
  await issue('apiserver', '/CN=kube-apiserver', apiNames)
  await issue('aggregator', '/CN=aggregator', 'DNS:aggregator')
  for (const [user, subject] of Object.entries(subjects)) {
    await issue(user, subject, user === 'kubelet' ? `DNS:${nodeName},IP:${network.node}` : `DNS:${user}`)
    await writeFile(kubeconfigOf(stateFolder, user), kubeconfig(folder, user), { mode: 0o600 })
  }
  await must('openssl', 'genrsa', '-out', at('accounts.key'), '2048')
  await must('openssl', 'rsa', '-in', at('accounts.key'), '-pubout', '-out', at('accounts.pub'))
  await writeFile(at('whole'), '')
}
