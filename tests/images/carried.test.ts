import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { images } from '../../deploy/images/src/images.ts'
import { built, imageNamed } from './built.ts'
import { filesOf, sizeOf } from './measured.ts'

const bytesAtMost = 200_000_000
const root = join(import.meta.dirname, '../..')

type Locked = Record<string, { dev?: boolean; link?: boolean; deprecated?: string }>
const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages as Locked

describe.each(built())('platform the image %s', name => {
  const image = imageNamed(name)
  const { root: at, config } = image
  const files = filesOf(at)
  const mains = images.find(image => image.name === name)?.mains ?? []

  test('platform is less than 200 MB', () => {
    expect(sizeOf(image).bytes).toBeLessThan(bytesAtMost)
  })

  test('platform is nobody’s on the machine, and says what it is', () => {
    expect(config).toMatchObject({ User: '65532:65532', WorkingDir: '/app', Cmd: [mains[0]] })
    expect(config.Entrypoint[0]).toBe('/usr/local/bin/node')
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.title': `linghang-${name}`,
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{40}(-changed)?$/),
    })
    const told = Object.fromEntries(config.Env.map(one => one.split('=')))
    expect(told.LINGHANG_VERSION).toBe(config.Labels['org.opencontainers.image.version'])
    expect(told.LINGHANG_COMMIT).toBe(config.Labels['org.opencontainers.image.revision'])
  })

  test('platform has neither a shell nor a package manager, and one program', () => {
    const programs = files.filter(file => /^(usr\/)?(local\/)?s?bin\//.test(file))
    expect(programs).toEqual(['usr/local/bin/node'])
    expect(files.filter(file => /\/(npm|npx|corepack|bash|busybox|apt|dpkg)$/.test(file))).toEqual([])
    expect(files.filter(file => lstatSync(join(at, file)).mode & 0o6000)).toEqual([])
  })

  test('platform carries no package that only development needs or that its author has given up, no map, and binaries of this machine alone', () => {
    const folders = new Set(
      files.flatMap(file => /^app\/((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
    )
    expect(folders.size).toBeGreaterThan(10)
    expect([...folders].filter(folder => locked[folder]?.dev || locked[folder]?.deprecated)).toEqual([])
    expect(
      [...folders].filter(folder =>
        /\/(typescript|prisma|@prisma\/(engines|studio.*)|jest|@swc\/core.*)$/.test(folder),
      ),
    ).toEqual([])
    expect(files.filter(file => /\.map$|\.test\.ts$/.test(file))).toEqual([])
    for (const native of files.filter(file => /^app.*\.node$/.test(file)))
      expect(native).toContain(`${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-unknown-linux-gnu`)
  })

  test('platform has a bill of materials that names each package, and the licence of each that has one', () => {
    const documents = join(at, 'usr/share/doc/linghang')
    const bill = JSON.parse(readFileSync(join(documents, 'bill-of-materials.cdx.json'), 'utf8'))
    const named = new Set(bill.components.map(({ name: one, version }: Record<string, string>) => `${one}@${version}`))
    const manifests = files.filter(file => /node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(file))
    const unnamed = manifests
      .map(file => JSON.parse(readFileSync(join(at, file), 'utf8')))
      .filter(one => one.name && one.version && !named.has(`${one.name}@${one.version}`))
    expect(unnamed.map(one => one.name)).toEqual([])
    expect([...named].some(one => String(one).startsWith('libc6@'))).toBe(true)
    expect(named).toContain(`node@${process.versions.node}`)
    for (const file of ['LICENSE', 'LICENSE.node', 'licences/pg/LICENSE'])
      expect(existsSync(join(documents, file))).toBe(true)
    expect(existsSync(join(at, 'usr/share/doc/libc6/copyright'))).toBe(true)
  })

  test.each(mains)(
    'platform loads %s as its user on a read-only root, of what was compiled, and asks for what it needs',
    main => {
      const { status, output } = runOnce(name, main)
      expect([status, output.match(/its environment is not right|用法 \(usage\)/)?.[0]]).toEqual(
        main.endsWith('command.ts') ? [2, '用法 (usage)'] : [1, 'its environment is not right'],
      )
      expect(output.match(/was accepted/g)?.length).toBeGreaterThan(100)
      const uncompiled = /was rejected|Cannot create cache|read-only file system/i
      expect(output.split('\n').filter(line => uncompiled.test(line))).toEqual([])
    },
  )
})

/** Runs a program of an image with Node's own words about compiled code. */
function runOnce(name: string, main: string): { status: number | null; output: string } {
  const { file, args } = imageNamed(name).command({ NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }, [main])
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  return { status, output: stdout + stderr }
}
