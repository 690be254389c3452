import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** An image as a folder, and what it says of itself. */
export interface Unpacked {
  name: string
  archive: string
  root: string
  digest: string
  config: {
    User: string
    Env: string[]
    Entrypoint: string[]
    Cmd: string[]
    WorkingDir: string
    Labels: Record<string, string>
  }
}

type Descriptor = { digest: string }
const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const blob = (layout: string, { digest }: Descriptor): string => join(layout, 'blobs', digest.replace(':', '/'))

/**
 * Unpacks an OCI archive, once for each digest: layers one upon the other, with owners, modes and times. What was
 * unpacked of the image before goes.
 */
export function unpack(name: string, archive: string, folder: string): Unpacked {
  const layout = join(folder, `${name}.layout`)
  rmSync(layout, { recursive: true, force: true })
  mkdirSync(layout, { recursive: true })
  execFileSync('tar', ['-xf', archive, '-C', layout])
  const [image] = readJson(join(layout, 'index.json')).manifests as Descriptor[]
  const manifest = readJson(blob(layout, image as Descriptor)) as { config: Descriptor; layers: Descriptor[] }
  const { config } = readJson(blob(layout, manifest.config))
  const digest = (image as Descriptor).digest
  const root = join(folder, `${name}-${digest.slice(7, 19)}`)
  for (const other of globSync(`${name}-????????????`, { cwd: folder }))
    if (join(folder, other) !== root) rmSync(join(folder, other), { recursive: true, force: true })
  if (!existsSync(root)) {
    const making = `${root}.part`
    rmSync(making, { recursive: true, force: true })
    mkdirSync(making)
    for (const layer of manifest.layers) execFileSync('tar', ['-xpf', blob(layout, layer), '-C', making])
    renameSync(making, root)
  }
  rmSync(layout, { recursive: true, force: true })
  return { name, archive, root, digest, config }
}

/** Mounts of its own: the root cannot be written to by anybody, `/tmp` is empty and the only folder that can. */
const enter = `mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && mount -t tmpfs tmpfs "$0/tmp" && chmod 1777 "$0/tmp" &&
  mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec env -i "$@"`

/** How an image's program runs as in a cluster: its user without a capability, its root read-only, this machine's network. */
export function commandOf(
  image: Unpacked,
  env: Record<string, string>,
  command: readonly string[] = image.config.Cmd,
): { file: string; args: string[] } {
  const { User, Env, Entrypoint, WorkingDir } = image.config
  const variables = [...Env, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)]
  const become = ['/usr/bin/setpriv', '--no-new-privs', '/usr/sbin/chroot', `--userspec=${User}`, image.root]
  const program = [...Entrypoint, ...command.map(part => join(WorkingDir, part))]
  const inside = [image.root, ...variables, ...become, ...program]
  return { file: 'unshare', args: ['--mount', 'bash', '-c', enter, ...inside] }
}
