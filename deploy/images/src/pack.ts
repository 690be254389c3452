import {
  cpSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { bundleFolder, freshBundle, keepBundle } from '../../../services/workflows/src/bundle.ts'
import { billOf } from './bill.ts'
import { type Image, images } from './images.ts'
import { copyStripped } from './strip.ts'
import { filesOf, packageOf } from './trace.ts'

/**
 * Usage: pack.ts OUT STATUS: for each image the folder OUT/<name>, as it lies on the image from `/` on.
 * OUT/node is Node likewise: of all images it is one and the same layer.
 * STATUS holds the records of the Debian packages of the image that it will lie on.
 */
const [out = '', status = ''] = process.argv.slice(2)
const root = process.cwd()
const cache = {}

const put = (file: string, to: string): void => {
  const from = join(root, file)
  mkdirSync(dirname(to), { recursive: true })
  if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to)
  else if (file.endsWith('.node')) copyStripped(from, to)
  else cpSync(from, to)
}

/** Licences and notices of the packages that files come from, Node's own and ours. */
const putLicences = (files: ReadonlySet<string>, documents: string): void => {
  put('LICENSE', join(documents, 'LICENSE'))
  const ofNode = join(dirname(process.execPath), '..', 'LICENSE')
  if (existsSync(ofNode)) cpSync(ofNode, join(documents, 'LICENSE.node'))
  for (const folder of new Set([...files].map(packageOf).filter(folder => folder !== null)))
    for (const name of lstatSync(join(root, folder)).isDirectory() ? readdirSync(join(root, folder)) : [])
      if (/^(licen[cs]e|notice|copying)/i.test(name) && lstatSync(join(root, folder, name)).isFile())
        put(join(folder, name), join(documents, 'licences', folder.replaceAll('node_modules/', ''), name))
}

/** The bundle counts whatever its sources were: they stay behind. */
const putBundle = (app: string): void => {
  const kept = freshBundle(bundleFolder)
  if (!kept) throw new Error('the workflows have no bundle: run generate.ts first')
  const folder = join(app, 'services/workflows/.bundle')
  mkdirSync(folder, { recursive: true })
  keepBundle(folder, readFileSync(kept, 'utf8'), [])
}

async function pack({ name, mains, data, without }: Image): Promise<void> {
  const app = join(out, name, 'app')
  const documents = join(out, name, 'usr/share/doc/linghang')
  const files = new Set([...(await filesOf({ root, mains, without, cache })), ...globSync(data), 'package.json'])
  for (const file of [...files].toSorted()) {
    const from = lstatSync(join(root, file), { throwIfNoEntry: false })
    if (from?.isFile() || from?.isSymbolicLink()) put(file, join(app, file))
  }
  if (name === 'workflows') putBundle(app)
  writeFileSync(join(app, 'mains.json'), JSON.stringify(mains))
  putLicences(files, documents)
  writeFileSync(join(documents, 'bill-of-materials.cdx.json'), billOf({ name, files, root, status }))
  console.log(`${name}: ${files.size} files`)
}

const bin = join(out, 'node/usr/local/bin')
mkdirSync(bin, { recursive: true })
copyStripped(process.execPath, join(bin, 'node'))
for (const image of images) await pack(image)
