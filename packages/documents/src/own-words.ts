import { z } from 'zod'
import type { DocumentTemplate, OwnWords } from './template.ts'

const titleCharacters = 60
const textCharacters = 2_000
// Neither tabs nor line breaks: each text is one paragraph, and control characters do not open in an office program.
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'one line without control characters')

type Worded<Name extends string> = Pick<DocumentTemplate<Name, never, never>, 'name' | 'texts'>

/**
 * What an office may say in its own words of some documents: titles, and the fixed sentences by the names that each
 * template gives them.
 * @returns a function that checks them; it throws a ZodError that names each document, text or length that does not fit
 */
export function ownWordsOf<Name extends string>(
  templates: readonly Worded<Name>[],
): (input: unknown) => Partial<Record<Name, OwnWords>> {
  const shape = z.strictObject(
    Object.fromEntries(
      templates.map(({ name, texts }) => [
        name,
        z
          .strictObject({
            title: words(titleCharacters).optional(),
            texts: z
              .strictObject(Object.fromEntries(Object.keys(texts).map(key => [key, words(textCharacters).optional()])))
              .optional(),
          })
          .optional(),
      ]),
    ),
  )
  return input => shape.parse(input) as Partial<Record<Name, OwnWords>>
}
