import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildImages } from '../../deploy/images/src/build-images.ts'
import { imageNamed } from './built.ts'
import { checksumOf } from './measured.ts'

const anewTimeoutMs = 1_200_000

test(
  'platform an image that is built once more from nothing is the same to the byte',
  async () => {
    const { archive } = imageNamed('org')
    const folder = mkdtempSync(join(archive, '../again-'))
    try {
      const [again] = buildImages(['org'], join(folder, 'org.tar'), { anew: true })
      expect(await checksumOf(again?.file as string)).toBe(await checksumOf(archive))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  anewTimeoutMs,
)
