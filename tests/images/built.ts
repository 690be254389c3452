import { readFileSync } from 'node:fs'
import { commandOf, type Unpacked } from './unpacked.ts'

const variable = 'TEST_IMAGES'

/** Hands the images to the tests. */
export const publishImages = (images: readonly Unpacked[]): Record<string, string> => ({
  [variable]: JSON.stringify(images),
})

/** @throws Error when the tests were not started by `npm run test:images` */
const all = (): Unpacked[] => {
  const text = process.env[variable]
  if (!text) throw new Error('no images: npm run test:images')
  return JSON.parse(text)
}

export const built = (): string[] => all().map(({ name }) => name)

export function imageNamed(name: string) {
  const image = all().find(one => one.name === name)
  if (!image) throw new Error(`the image ${name} was not built`)
  return {
    ...image,
    /** The command that runs it on a read-only root. */
    command: (env: Record<string, string>, command?: readonly string[]) => commandOf(image, env, command),
    read: (file: string) => readFileSync(`${image.root}/${file}`, 'utf8'),
  }
}
