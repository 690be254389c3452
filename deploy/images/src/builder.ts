import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Debian's buildah with a store of its own: no daemon, and no base image is asked of a registry. */
export interface Builder {
  /** Makes a base image of a folder. */
  base(tag: string, root: string): void
  has(tag: string): boolean
  /** @param options.anew nothing that was built before is used */
  build(options: { tag: string; context: string; arguments: Record<string, string>; anew?: boolean }): string
  /** Empties the store when it is larger than so many bytes: each state of a checkout leaves layers that no other takes up. */
  keepWithin(bytes: number): void
  /** Writes an image into an OCI archive that is the same for the same image. */
  write(tag: string, file: string): void
}

const quietly = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** npm inside a build has this machine's registry and the certificates that this machine trusts. */
function npmOfThisMachine(folder: string): readonly string[] {
  const setting = (name: string) => quietly('npm', ['config', 'get', name])
  const certificates = [setting('cafile'), process.env.NODE_EXTRA_CA_CERTS].find(file => file && existsSync(file))
  const inside = '/run/certificates.pem'
  const file = join(folder, 'npmrc')
  writeFileSync(file, `registry=${setting('registry')}\n${certificates ? `cafile=${inside}\n` : ''}`)
  return ['--secret', `id=npmrc,src=${file}`, ...(certificates ? ['--volume', `${certificates}:${inside}:ro`] : [])]
}

export function createBuilder(folder: string): Builder {
  mkdirSync(folder, { recursive: true })
  const policy = join(folder, 'policy.json')
  writeFileSync(policy, JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }))
  const store = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run-store'), '--storage-driver', 'overlay']
  const pulls = ['bud', 'push']
  const trust = ['--signature-policy', policy]
  const buildah = (command: string, args: readonly string[], stdio: 'inherit' | 'pipe' = 'pipe'): string =>
    (
      execFileSync('buildah', [...store, command, ...(pulls.includes(command) ? trust : []), ...args], {
        encoding: 'utf8',
        stdio: ['ignore', stdio === 'inherit' ? 2 : 'pipe', stdio === 'inherit' ? 'inherit' : 'pipe'],
        env: { ...process.env, TMPDIR: join(folder, 'tmp') },
        maxBuffer: 64 * 1024 * 1024,
      }) ?? ''
    ).trim()
  mkdirSync(join(folder, 'tmp'), { recursive: true })
  const idOf = (tag: string) =>
    quietly('buildah', [...store, 'images', '--quiet', '--no-trunc', '--filter', `reference=${tag}`])
  return {
    has: tag => idOf(tag) !== '',
    base(tag, root) {
      const file = join(folder, 'base.containerfile')
      writeFileSync(file, 'FROM scratch\nCOPY . /\n')
      buildah('bud', ['--timestamp', '0', '-t', tag, '-f', file, root])
    },
    build({ tag, context, arguments: given, anew = false }) {
      const args = Object.entries(given).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`])
      const how = ['--isolation', 'chroot', '--pull=never', '--layers', '--timestamp', '0', ...npmOfThisMachine(folder)]
      if (anew) how.push('--no-cache')
      buildah('bud', [...how, ...args, '-t', tag, '-f', join(context, 'Containerfile'), context], 'inherit')
      return idOf(tag)
    },
    keepWithin(bytes) {
      const [kept = ''] = quietly('du', [
        '--summarize',
        '--one-file-system',
        '--block-size=1',
        join(folder, 'store'),
      ]).split('\t')
      if (Number(kept) <= bytes) return
      // A build that was killed has left its container, which holds its image.
      buildah('rm', ['--all'])
      buildah('rmi', ['--all', '--force'])
    },
    write(tag, file) {
      const layout = join(folder, 'layout')
      rmSync(layout, { recursive: true, force: true })
      buildah('push', ['--quiet', tag, `oci:${layout}:${tag}`])
      // containerd takes an image's name from an annotation of its own, and makes one up where there is none.
      const index = join(layout, 'index.json')
      const known = JSON.parse(readFileSync(index, 'utf8'))
      for (const { annotations } of known.manifests) annotations['io.containerd.image.name'] = tag
      writeFileSync(index, JSON.stringify(known))
      quietly('tar', [
        ...['--create', '--file', file, '--directory', layout],
        ...['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '.'],
      ])
      rmSync(layout, { recursive: true, force: true })
    },
  }
}
