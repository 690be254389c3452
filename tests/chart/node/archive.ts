import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { lastLines, runCommand } from '@linghang/devstack'

/** What an image runs unless told otherwise, in the words of the OCI image specification. */
export interface ImageConfiguration {
  Entrypoint?: string[]
  Cmd?: string[]
  Env?: string[]
  WorkingDir?: string
  User: string
}

const packTimeoutMs = 300_000

const sumOfFile = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

const tar = async (args: string[]): Promise<void> => {
  const { code, stderr } = await runCommand('tar', args, { timeoutMs: packTimeoutMs })
  if (code !== 0) throw new Error(`tar: ${lastLines(stderr, 3)}`)
}

/** Of the same files the same archive: no times, no owners, no order of the disk's. */
const reproducible = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=posix']
const withoutTimes = '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime'

/**
 * Writes an image as an OCI archive, without a registry and without a daemon: each folder is a layer.
 *
 * @param options.name with its tag
 * @param options.layers folders, the lowest first
 */
export const writeImage = async (options: {
  file: string
  name: string
  configuration: ImageConfiguration
  layers: string[]
}): Promise<void> => {
  const { file, name, configuration, layers } = options
  const work = `${file}.work`
  const blobs = join(work, 'blobs/sha256')
  await rm(work, { recursive: true, force: true })
  await mkdir(blobs, { recursive: true })
  const keep = async (value: object): Promise<{ digest: string; size: number }> => {
    const text = JSON.stringify(value)
    const sum = createHash('sha256').update(text).digest('hex')
    await writeFile(join(blobs, sum), text)
    return { digest: `sha256:${sum}`, size: Buffer.byteLength(text) }
  }
  const described = []
  for (const [at, layer] of layers.entries()) {
    const packed = join(work, `layer-${at}.tar`)
    await tar([...reproducible, withoutTimes, '-cf', packed, '-C', layer, '.'])
    const sum = await sumOfFile(packed)
    const { size } = await stat(packed)
    await rename(packed, join(blobs, sum))
    described.push({ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: `sha256:${sum}`, size })
  }
  const config = await keep({
    ...{ architecture: process.arch === 'arm64' ? 'arm64' : 'amd64', os: 'linux', created: '1970-01-01T00:00:00Z' },
    config: configuration,
    rootfs: { type: 'layers', diff_ids: described.map(({ digest }) => digest) },
  })
  const manifest = await keep({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: described,
  })
  const annotations = {
    'io.containerd.image.name': name,
    'org.opencontainers.image.ref.name': name.slice(name.lastIndexOf(':') + 1),
  }
  const manifests = [{ mediaType: 'application/vnd.oci.image.manifest.v1+json', ...manifest, annotations }]
  const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests }
  await writeFile(join(work, 'index.json'), JSON.stringify(index))
  await writeFile(join(work, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  await tar([...reproducible, '-cf', `${file}.incoming`, '-C', work, 'oci-layout', 'index.json', 'blobs'])
  await rename(`${file}.incoming`, file)
  await rm(work, { recursive: true })
}
