import type { DocumentModel } from '@linghang/documents'
import type { DevelopmentTemplate } from '@linghang/rulebook'
import { readFields } from './case-fields.ts'
import { type CaseFile, emptyCaseFile } from './case-file.ts'
import type { TemplateOverrides } from './overrides.ts'
import type { FixedTexts, Template } from './template.ts'
import { templateOf } from './templates/all-templates.ts'

function write(template: Template, file: CaseFile, overrides: TemplateOverrides): [DocumentModel, ReadonlySet<string>] {
  const own = overrides[template.name]
  const texts: FixedTexts = {
    ...template.texts,
    ...Object.fromEntries(Object.entries(own?.texts ?? {}).filter((entry): entry is [string, string] => !!entry[1])),
  }
  const fields = readFields(file)
  const title = own?.title ?? template.title
  const writing = { fields, texts, file, title }
  const redHead = template.redHead?.(writing) ?? null
  const blocks = template.body(writing)
  return [{ template: template.name, title, layout: template.layout, redHead, blocks }, fields.asked]
}

/**
 * Fills a document from a case; what the case does not know is left as room to write in. The same case gives the same
 * document.
 * @param overrides a county's own titles and sentences, checked by `parseOverrides`
 */
export const fillTemplate = (
  name: DevelopmentTemplate,
  file: CaseFile,
  overrides: TemplateOverrides = {},
): DocumentModel => write(templateOf(name), file, overrides)[0]

/** Names of the values that a document takes from the case. */
export const fieldsOf = (name: DevelopmentTemplate): string[] =>
  [...write(templateOf(name), emptyCaseFile('2026-01-01', '无名', '党支部'), {})[1]].sort()
