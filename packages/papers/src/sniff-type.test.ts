import { describe, expect, test } from '@jest/globals'
import { samples } from '../../../services/members/test/sample-files.ts'
import { acceptedTypes, endingOf, headBytes, sniffType } from './sniff-type.ts'

const sniff = (bytes: Uint8Array) =>
  sniffType(bytes.subarray(0, headBytes), async function* () {
    yield bytes
  })

describe('S0-13 what a paper is, by its content', () => {
  test.each(['pdf', 'jpg', 'png', 'docx', 'xlsx'] as const)('S0-13 knows a %s', async name => {
    expect(await sniff(await samples[name]())).toBe(name)
    expect(acceptedTypes[name]?.ext).toBe(name)
  })

  test('S0-13 knows a docx whose directory of content stands behind a large picture', async () => {
    expect(await sniff(await samples.lateDocx())).toBe('docx')
  })

  test.each(['html', 'svg', 'script', 'exe', 'elf', 'zip', 'doc', 'docm', 'gif', 'text', 'nothing'] as const)(
    'S0-13 does not take %s for anything that may be filed',
    async name => {
      const found = await sniff(await samples[name]())
      expect(Object.values(acceptedTypes).map(({ ext }) => ext)).not.toContain(found)
    },
  )

  test.each([
    ['入党申请书.PDF', 'pdf'],
    ['a.b.docx', 'docx'],
    ['无扩展名', ''],
  ])('S0-13 the ending of %s is "%s"', (name, ending) => {
    expect(endingOf(name)).toBe(ending)
  })
})
