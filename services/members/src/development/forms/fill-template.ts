import { type DocumentModel, fillDocument } from '@linghang/documents'
import type { DevelopmentTemplate } from '@linghang/rulebook'
import { readFields } from './case-fields.ts'
import { type CaseFile, emptyCaseFile } from './case-file.ts'
import type { TemplateOverrides } from './overrides.ts'
import { templateOf } from './templates/all-templates.ts'

/**
 * Fills a document from a case; what the case does not know is left as room to write in. The same case gives the same
 * document.
 * @param overrides a county's own titles and sentences, checked by `parseOverrides`
 */
export const fillTemplate = (
  name: DevelopmentTemplate,
  file: CaseFile,
  overrides: TemplateOverrides = {},
): DocumentModel => fillDocument(templateOf(name), file, readFields(file), overrides[name])

/** Names of the values that a document takes from the case. */
export function fieldsOf(name: DevelopmentTemplate): string[] {
  const nobody = emptyCaseFile('2026-01-01', '无名', '党支部')
  const fields = readFields(nobody)
  fillDocument(templateOf(name), nobody, fields)
  return [...fields.asked].sort()
}
