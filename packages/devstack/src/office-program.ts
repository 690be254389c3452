import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cachedPath, fetchOnce } from './cache.ts'
import { unpackDebian, withDependencies } from './debian-packages.ts'
import { stackFault } from './fault.ts'
import { type Report, timed } from './report.ts'
import { findOnPath, lastLines, runCommand } from './run-command.ts'

/** An office program that opens documents as a person's would, and the tools that read the pages it makes. */
export interface OfficeProgram {
  soffice: string
  pdftotext: string
  pdftoppm: string
  /** What the programs have to find in their environment; empty for those that are installed. */
  env: Record<string, string>
}

// A writer without a screen, free typefaces of the kinds that Chinese documents name, and poppler to look at what came out.
const packages = [
  'libreoffice-writer-nogui',
  'poppler-utils',
  'fonts-arphic-gbsn00lp',
  'fonts-arphic-gkai00mp',
  'fonts-wqy-microhei',
  'fonts-liberation',
]
const cacheName = 'office-debian-1'

/** Typefaces that documents name and nobody may hand on, and what stands in for them. */
const standIns = {
  'AR PL SungtiL GB': ['宋体', '仿宋', '仿宋_GB2312', '方正小标宋简体', '方正小标宋_GBK'],
  'AR PL KaitiM GB': ['楷体', '楷体_GB2312'],
  'WenQuanYi Micro Hei': ['黑体'],
} as const

const installed = (): OfficeProgram | undefined => {
  const [soffice, pdftotext, pdftoppm] = ['soffice', 'pdftotext', 'pdftoppm'].map(name => findOnPath(name))
  return soffice && pdftotext && pdftoppm ? { soffice, pdftotext, pdftoppm, env: {} } : undefined
}

const missing = (reason: string): Error =>
  stackFault('PROGRAM_MISSING', {
    zh: `找不到 LibreOffice（soffice）和 poppler，也无法从 Debian 软件包取得：${reason}`,
    en: `LibreOffice (soffice) and poppler were not found and could not be fetched as Debian packages (reason above): install them, or run where apt-get works.`,
  })

/**
 * Packages unpacked aside look for their files under the root of the machine, and what their installation would have
 * put in place is not there: the program's settings are turned to its own folder.
 */
const relocate = async (root: string): Promise<void> => {
  const home = join(root, 'usr/lib/libreoffice')
  await rm(join(home, 'share/registry'), { force: true })
  await rename(join(home, 'share/.registry'), join(home, 'share/registry'))
  const settings = join(home, 'program/fundamentalrc')
  const text = await readFile(settings, 'utf8')
  const turned = text
    .replaceAll('file:///etc/libreoffice/registry', `\${BRAND_BASE_DIR}/share/registry`)
    .replaceAll('file:///usr/lib/libreoffice', `\${ORIGIN}/..`)
  await writeFile(settings, turned)
}

const unpackPackages = async (root: string): Promise<void> => {
  await unpackDebian(root, await withDependencies(packages, missing), missing)
  await relocate(root)
}

/** Programs of unpacked packages, with the libraries and fonts beside them. */
const unpacked = async (root: string): Promise<OfficeProgram> => {
  const fonts = join(root, 'fonts.conf')
  const dirs = ['/usr/share/fonts', join(root, 'usr/share/fonts')].map(dir => `<dir>${dir}</dir>`).join('')
  const aliases = Object.entries(standIns).flatMap(([ours, theirs]) =>
    theirs.map(
      name =>
        `<alias binding="same"><family>${name}</family><prefer><family>${ours}</family><family>WenQuanYi Micro Hei</family></prefer></alias>`,
    ),
  )
  const cache = `<cachedir>${join(root, 'font-cache')}</cachedir>`
  await writeFile(fonts, `<fontconfig>${dirs}${cache}${aliases.join('')}</fontconfig>\n`)
  const machine = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'
  const libraries = [
    join(root, 'usr/lib/libreoffice/program'),
    ...['usr/lib', 'lib'].map(dir => join(root, dir, machine)),
  ]
  return {
    soffice: join(root, 'usr/lib/libreoffice/program/soffice'),
    pdftotext: join(root, 'usr/bin/pdftotext'),
    pdftoppm: join(root, 'usr/bin/pdftoppm'),
    env: { LD_LIBRARY_PATH: libraries.join(':'), FONTCONFIG_FILE: fonts },
  }
}

/**
 * Finds LibreOffice and poppler: on PATH, else Debian's packages, unpacked into this user's cache: nothing is
 * installed on the machine, and nobody has to be root.
 *
 * @throws PROGRAM_MISSING
 */
export const officeProgram = async (report: Report = () => undefined): Promise<OfficeProgram> => {
  const found = installed()
  if (found) return found
  const cached = cachedPath(cacheName)
  if (existsSync(cached)) return unpacked(cached)
  const root = await fetchOnce(cacheName, folder =>
    timed(report, 'office', 'unpack LibreOffice from Debian packages (about 90 MB)', () => unpackPackages(folder)),
  )
  return unpacked(root)
}

/**
 * Opens documents with the office program and prints each as a PDF, all in one run of it.
 *
 * @param options.workDir folder for the profile of this run: two runs may not share one
 * @returns paths of the PDFs in the order of `files`
 * @throws Error naming the document that could not be opened
 */
export const convertToPdf = async (
  office: OfficeProgram,
  options: { files: readonly string[]; outDir: string; workDir: string; timeoutMs: number },
): Promise<string[]> => {
  const profile = pathToFileURL(resolve(options.workDir, 'office-profile')).href
  const result = await runCommand(
    office.soffice,
    [
      `-env:UserInstallation=${profile}`,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      options.outDir,
      ...options.files,
    ],
    { timeoutMs: options.timeoutMs, env: office.env },
  )
  return options.files.map(file => {
    const pdf = join(options.outDir, `${file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '')}.pdf`)
    if (existsSync(pdf)) return pdf
    throw new Error(`${file} could not be opened: ${lastLines(result.stderr + result.stdout, 3)}`)
  })
}

/** The text of a PDF, pages parted by form feeds. */
export const textOfPdf = async (office: OfficeProgram, pdf: string): Promise<string> => {
  const result = await runCommand(office.pdftotext, ['-layout', pdf, '-'], { timeoutMs: 60_000, env: office.env })
  if (result.code !== 0) throw new Error(`${pdf} could not be read: ${lastLines(result.stderr, 3)}`)
  return result.stdout
}
