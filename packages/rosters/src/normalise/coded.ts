import type { Text } from '../finding.ts'
import { accept, type Normaliser, refuse } from './reading.ts'
import { fold } from './text.ts'

/** A value of a coded column: its code, the standard Chinese name, and what else offices write for it. */
export type CodedValue<T extends string> = { code: T; name: string; synonyms?: readonly string[] }

/**
 * A coded column. The standard name and its synonyms give the code, without a remark; the code itself is read too.
 * Anything else is refused with `code`, listing what is allowed.
 */
export function createCodedReader<T extends string>(
  values: readonly CodedValue<T>[],
  code: string,
  about: Text,
): Normaliser<T> {
  const codes = new Map<string, T>()
  for (const value of values) {
    for (const name of [value.name, value.code, ...(value.synonyms ?? [])])
      codes.set(fold(name).toLowerCase(), value.code)
  }
  const names = values.map(value => value.name)
  const refusal = refuse(code, about, { zh: names.join('、'), en: `one of: ${names.join(', ')}` })
  return cell => {
    const found = codes.get(fold(cell).toLowerCase())
    return found === undefined ? refusal : accept(found)
  }
}

const yesNo = createCodedReader<'YES' | 'NO'>(
  [
    { code: 'YES', name: '是', synonyms: ['有', '对', 'Y', 'TRUE', '1', '√', '✓', '✔'] },
    { code: 'NO', name: '否', synonyms: ['无', '不是', '没有', 'N', 'FALSE', '0', '×', 'X'] },
  ],
  'NOT_YES_OR_NO',
  { zh: '只能填是或否', en: 'this must be yes or no' },
)

/** `是` or `否`, and what else people tick. */
export const readYesNo: Normaliser<boolean> = cell => {
  const { value, refusal } = yesNo(cell)
  return refusal ? { refusal } : accept(value === 'YES')
}
