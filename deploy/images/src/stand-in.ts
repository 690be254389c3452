import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/**
 * Root folders that stand in for base images where no registry can be asked: Debian's packages, unpacked and nothing run,
 * and npm's own packages of Node and npm. They hold what the Containerfile's own bases hold, as far as it is used.
 */
const nodes = {
  x64: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
} as const
const nodeVersion = '24.21.0'
const npm = {
  spec: 'npm@11.21.2',
  integrity: 'sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==',
}
const libraries = [
  'libc6',
  'libstdc++6',
  'libgcc-s1',
  'gcc-12-base',
  'ca-certificates',
  'tzdata',
  'base-files',
  'netbase',
]
const tools = ['busybox-static']

const run = (command: string, args: readonly string[], cwd?: string): string =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })

/** @returns the folder into which an npm package was unpacked, its text being the one that we know */
function fromNpm(spec: string, integrity: string, folder: string): void {
  const [{ filename }] = JSON.parse(run('npm', ['pack', spec, '--json', '--silent'], folder))
  const found = `sha512-${createHash('sha512')
    .update(readFileSync(join(folder, filename)))
    .digest('base64')}`
  if (found !== integrity) throw new Error(`${spec} is not the package that is wanted: ${found}`)
  rmSync(join(folder, 'package'), { recursive: true, force: true })
  run('tar', ['-xzf', filename], folder)
}

function fromDebian(packages: readonly string[], folder: string, to: string): void {
  const debs = join(folder, 'debs')
  mkdirSync(debs, { recursive: true })
  const status = join(to, 'var/lib/dpkg/status.d')
  mkdirSync(status, { recursive: true })
  for (const name of packages) {
    if (!existsSync(join(debs, name))) {
      mkdirSync(join(debs, `${name}.part`), { recursive: true })
      // As root apt would change to a user who cannot write here, and warn.
      run('apt-get', ['-o', 'APT::Sandbox::User=root', '-qq', 'download', name], join(debs, `${name}.part`))
      cpSync(join(debs, `${name}.part`), join(debs, name), { recursive: true })
    }
    const [deb] = globSync('*.deb', { cwd: join(debs, name) })
    if (!deb) throw new Error(`apt-get downloaded no ${name}`)
    run('dpkg-deb', ['--extract', join(debs, name, deb), to])
    writeFileSync(join(status, name), run('dpkg-deb', ['--field', join(debs, name, deb)]))
  }
}

const lines = (...text: string[]): string => `${text.join('\n')}\n`

/** What maintainers' scripts would have made, and what nobody reads on a server. */
function settle(base: string): void {
  for (const path of [
    'usr/share/man',
    'usr/share/locale',
    'usr/share/lintian',
    'usr/share/bug',
    'usr/share/gdb',
    'usr/sbin',
  ])
    rmSync(join(base, path), { recursive: true, force: true })
  for (const path of globSync(
    [
      'usr/lib/*-linux-gnu/gconv',
      'sbin',
      'usr/bin/*',
      'usr/share/doc/*/{changelog,NEWS,README}*',
      'etc/{update-motd.d,profile.d,skel}',
    ],
    { cwd: base },
  ))
    rmSync(join(base, path), { recursive: true, force: true })
  const certificates = globSync('usr/share/ca-certificates/mozilla/*.crt', { cwd: base }).toSorted()
  mkdirSync(join(base, 'etc/ssl/certs'), { recursive: true })
  writeFileSync(
    join(base, 'etc/ssl/certs/ca-certificates.crt'),
    certificates.map(file => readFileSync(join(base, file), 'utf8')).join(''),
  )
  const user = 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin'
  writeFileSync(join(base, 'etc/passwd'), lines('root:x:0:0:root:/root:/sbin/nologin', user))
  writeFileSync(join(base, 'etc/group'), lines('root:x:0:', 'nonroot:x:65532:'))
  writeFileSync(join(base, 'etc/nsswitch.conf'), lines('hosts: files dns'))
  for (const path of ['tmp', 'home/nonroot', 'proc', 'sys', 'dev']) mkdirSync(join(base, path), { recursive: true })
  chmodSync(join(base, 'tmp'), 0o1777)
}

/**
 * @param folder where downloads are kept and the roots are made
 * @returns the roots: what images run on, and what they are built with
 */
export function makeStandIns(folder: string): { run: string; build: string } {
  const integrity = nodes[process.arch as keyof typeof nodes]
  if (!integrity) throw new Error(`no stand-in for ${process.arch}: build on real base images`)
  const [base, build] = [join(folder, 'run'), join(folder, 'build')]
  for (const made of [base, build]) rmSync(made, { recursive: true, force: true })
  mkdirSync(base, { recursive: true })
  fromDebian(libraries, folder, base)
  settle(base)
  cpSync(base, build, { recursive: true, verbatimSymlinks: true })
  fromDebian(tools, folder, build)
  for (const name of ['sh', 'true', 'env', 'cat', 'mkdir', 'rm']) {
    if (existsSync(join(build, 'bin', name))) continue
    symlinkSync('busybox', join(build, 'bin', name))
  }
  mkdirSync(join(build, 'usr/bin'), { recursive: true })
  symlinkSync('../../bin/busybox', join(build, 'usr/bin/env'))
  mkdirSync(join(build, 'root'), { recursive: true })
  fromNpm(`node-linux-${process.arch}@${nodeVersion}`, integrity, folder)
  mkdirSync(join(build, 'usr/local/bin'), { recursive: true })
  cpSync(join(folder, 'package/bin/node'), join(build, 'usr/local/bin/node'))
  cpSync(join(folder, 'package/LICENSE'), join(build, 'usr/local/LICENSE'))
  fromNpm(npm.spec, npm.integrity, folder)
  cpSync(join(folder, 'package'), join(build, 'usr/local/lib/node_modules/npm'), { recursive: true })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(build, 'usr/local/bin/npm'))
  return { run: base, build }
}
