import { charactersIn } from '@linghang/subgraph'
import { fail } from './errors.ts'

/** Two characters are the least that is a word; a sentence is the most. */
const [shortest, longest] = [2, 40]

/** What is looked for: as typed, without blanks around it. @throws DomainError BAD_INPUT */
export function wantedText(text: string): string {
  const wanted = text.trim()
  const length = charactersIn(wanted)
  if (length <= longest && /[\p{L}\p{N}]{2}/u.test(wanted)) return wanted
  return fail('BAD_INPUT', {
    ...{ field: 'text', found: length },
    wanted: `${shortest} to ${longest} characters, two of them beside each other letters, digits or Chinese characters`,
    wantedZh: `${shortest} 至 ${longest} 字，其中至少有相连的两个汉字、字母或数字`,
  })
}
