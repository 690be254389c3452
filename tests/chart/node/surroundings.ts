import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { does, must } from './inside.ts'
import { network, nodeName, placesOf } from './layout.ts'

const controllers = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids']
/** Folders in which a node writes that are the machine's own: here it gets empty ones of its own. */
const emptied = ['/run', '/var/log', '/var/lib/cni']
/** What the kubelet sets for the whole kernel. It is shown files in their place, so that the machine stays as it is. */
const kernelSettings = {
  'vm/overcommit_memory': 1,
  'vm/panic_on_oom': 0,
  'kernel/panic': 10,
  'kernel/panic_on_oops': 1,
  'kernel/keys/root_maxkeys': 1_000_000,
  'kernel/keys/root_maxbytes': 25_000_000,
}

const mountControlGroups = async (): Promise<void> => {
  await must('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/sys/fs/cgroup')
  const mountAt = async (name: string, options: string): Promise<void> => {
    await mkdir(`/sys/fs/cgroup/${name}`)
    await must('mount', '-t', 'cgroup', '-o', options, 'cgroup', `/sys/fs/cgroup/${name}`)
  }
  for (const name of controllers) await mountAt(name, name)
  // The kubelet ends itself when a line of /proc/self/cgroup has no mount.
  await mountAt('systemd', 'none,name=systemd')
}

/** The mounts of a node: private copies of everything that it writes to. */
export const mountAll = async (folder: string): Promise<void> => {
  await must('mount', '--make-rprivate', '/')
  await must('hostname', nodeName)
  await must('mount', '-t', 'sysfs', 'sysfs', '/sys')
  await mountControlGroups()
  for (const path of emptied) {
    await mkdir(path, { recursive: true })
    await must('mount', '-t', 'tmpfs', 'tmpfs', path)
  }
  const { kubelet } = placesOf(folder)
  await mkdir(kubelet, { recursive: true })
  await must('mount', '--bind', kubelet, kubelet)
  // What is mounted into a pod's folder has to be seen by the pod's containers.
  await must('mount', '--make-rshared', kubelet)
  for (const [name, value] of Object.entries(kernelSettings)) {
    const file = join('/run', name.replaceAll('/', '-'))
    await writeFile(file, `${value}\n`)
    await must('mount', '--bind', file, `/proc/sys/${name}`)
  }
  // Whoever is let in (the tests) finds the cluster's names as well.
  const names = {
    hosts: `127.0.0.1 localhost\n${network.node} ${nodeName}\n`,
    'resolv.conf': `nameserver ${network.dnsService}\n`,
  }
  for (const [name, text] of Object.entries(names)) {
    const file = join(placesOf(folder).configuration, name)
    await writeFile(file, text)
    await must('mount', '--bind', file, `/etc/${name}`)
  }
}

/** What the node's last life has left in its network: a machine that was switched off would have forgotten it. */
const clearNetwork = async (): Promise<void> => {
  for (const link of ['node0', 'pods0']) await does('ip', 'link', 'delete', link)
  for (const table of ['filter', 'nat', 'mangle'])
    for (const flag of ['--flush', '--delete-chain']) await does('iptables', '--table', table, flag)
  await does('ipset', 'destroy')
}

/** The network of a node, and how its pods are wired. */
export const wireNetwork = async (folder: string): Promise<void> => {
  await clearNetwork()
  await must('ip', 'link', 'set', 'lo', 'up')
  await must('ip', 'link', 'add', 'node0', 'type', 'bridge')
  await must('ip', 'address', 'add', `${network.node}/24`, 'dev', 'node0')
  await must('ip', 'link', 'set', 'node0', 'up')
  await must('ip', 'route', 'add', 'default', 'via', network.nowhere, 'dev', 'node0')
  await writeFile('/proc/sys/net/ipv4/ip_forward', '1')
  await writeFile('/proc/sys/net/bridge/bridge-nf-call-iptables', '1')
  const cni = join(placesOf(folder).configuration, 'cni')
  await mkdir(cni, { recursive: true })
  const ipam = {
    type: 'host-local',
    dataDir: '/run/pod-addresses',
    ranges: [[{ subnet: network.pods }]],
    routes: [{ dst: '0.0.0.0/0' }],
  }
  const bridge = { type: 'bridge', bridge: 'pods0', isGateway: true, ipMasq: false, hairpinMode: true, ipam }
  const plugins = [bridge, { type: 'portmap', capabilities: { portMappings: true } }]
  await writeFile(join(cni, '10-pods.conflist'), JSON.stringify({ cniVersion: '0.4.0', name: 'pods', plugins }))
}
