import type { DevelopmentTemplate } from '@linghang/rulebook'
import { z } from 'zod'
import { allTemplates } from './templates/all-templates.ts'

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

const shape = z.strictObject(
  Object.fromEntries(
    allTemplates.map(({ name, texts }) => [
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

/** What a county says in its own words: titles, and the fixed sentences by the names that each template gives them. */
export type TemplateOverrides = Partial<
  Record<DevelopmentTemplate, { title?: string | undefined; texts?: Record<string, string | undefined> | undefined }>
>

/**
 * Checks what a county wants to say in its own words.
 * @throws ZodError naming each template, text or length that does not fit
 */
export const parseOverrides = (input: unknown): TemplateOverrides => shape.parse(input) as TemplateOverrides
