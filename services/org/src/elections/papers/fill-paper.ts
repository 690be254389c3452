import { type DocumentModel, fillDocument } from '@linghang/documents'
import { type ElectionPaper, electionPapers } from '@linghang/rulebook'
import { type ElectionFile, titleOf } from './election-file.ts'
import { readFields } from './paper-fields.ts'
import type { PaperTemplate } from './template.ts'
import { afterTemplates } from './templates/after.ts'
import { assemblyTemplates } from './templates/assembly.ts'
import { ballotTemplates } from './templates/ballots.ts'
import { candidateTemplates } from './templates/candidates.ts'
import { requestTemplates } from './templates/requests.ts'

const declared = new Map(
  [...requestTemplates, ...candidateTemplates, ...assemblyTemplates, ...ballotTemplates, ...afterTemplates].map(
    template => [template.name, template],
  ),
)

export function templateOf(name: ElectionPaper): PaperTemplate {
  const found = declared.get(name)
  if (!found) throw new Error(`no paper is declared for ${name}`)
  return found
}

/** The 37 papers in their order. */
export const allPapers: readonly PaperTemplate[] = electionPapers.map(templateOf)

export type FilledPaper = { model: DocumentModel; missing: string[] }

/**
 * A paper filled from an election; what is not known is left for a pen, and named. The same facts give the same paper.
 */
export function fillPaper(name: ElectionPaper, file: ElectionFile): FilledPaper {
  const fields = readFields(file)
  const model = fillDocument({ ...templateOf(name), title: titleOf(file, name) }, file, fields)
  return { model, missing: [...fields.unknown].sort() }
}
