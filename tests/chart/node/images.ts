import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchOnce, unpackDebian } from '@linghang/devstack'
import { writeImage } from './archive.ts'
import type { NodePrograms } from './programs.ts'
import { pauseImage } from './runtime.ts'
import { dnsImage } from './system.ts'

const packages = ['libc6', 'libstdc++6', 'libgcc-s1', 'zlib1g', 'ca-certificates', 'tzdata']
const baseName = 'image-base-debian-1'

const missing = (reason: string): Error =>
  new Error(`取不到 Debian 软件包：${reason} Debian packages for the images could not be fetched: ${reason}`)

/** Debian packages in the cache: what they hold, as it would stand under the root of a machine. */
export const debianLayer = (
  name: string,
  names: readonly string[],
  finish: (folder: string) => Promise<void>,
): Promise<string> =>
  fetchOnce(name, async folder => {
    await unpackDebian(folder, names, missing)
    await finish(folder)
  })

const finishBase = async (folder: string): Promise<void> => {
  for (const rest of ['doc', 'man', 'locale', 'lintian', 'bug'])
    await rm(join(folder, 'usr/share', rest), { recursive: true, force: true })
  await mkdir(join(folder, 'tmp'), { mode: 0o1777 })
  await mkdir(join(folder, 'etc'), { recursive: true })
  await writeFile(join(folder, 'etc/passwd'), 'root:x:0:0::/:/none\nnobody:x:65532:65532::/tmp:/none\n')
  await writeFile(join(folder, 'etc/group'), 'root:x:0:\nnobody:x:65532:\n')
  await writeFile(join(folder, 'etc/nsswitch.conf'), 'hosts: files dns\n')
}

/** The folder of what every image of the tests stands on: Debian's C library, certificates and times of the world. */
export const baseLayer = (): Promise<string> => debianLayer(baseName, packages, finishBase)

/** Writes the two images without which no pod runs into a folder. */
export const writeSystemImages = async (folder: string, { bin }: NodePrograms): Promise<void> => {
  const one = async (program: string, name: string, User: string): Promise<void> => {
    const layer = join(folder, program)
    await rm(layer, { recursive: true, force: true })
    await mkdir(layer, { recursive: true })
    await cp(join(bin, program), join(layer, program))
    const configuration = { Entrypoint: [`/${program}`], User }
    await writeImage({ file: join(folder, `${program}.tar`), name, configuration, layers: [layer] })
    await rm(layer, { recursive: true })
  }
  await mkdir(folder, { recursive: true })
  await one('pause', pauseImage, '65535:65535')
  await one('dns', dnsImage, '0:0')
}
