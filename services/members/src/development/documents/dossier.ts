import { renderDocx } from '@linghang/documents'
import type { FileLink } from '@linghang/papers'
import { type ArchiveEntry, archiveOf, nameInArchive } from '@linghang/papers/archive'
import { requireGoodLink } from '@linghang/papers/give-file'
import { type DevelopmentTemplate, type StepKey, stepKeys, stepNumber } from '@linghang/rulebook'
import type { Context, Work } from '../../work.ts'
import { type Standpoint, viewCase } from '../cases/case-access.ts'
import { asOf, type CaseFile } from '../forms/case-file.ts'
import { fillTemplate } from '../forms/fill-template.ts'
import { allTemplates, paperTitleOf, templateOf } from '../forms/templates/all-templates.ts'
import type { Material } from '../materials/material.ts'
import { auditReading, contentOf, readMaterialsOf } from '../materials/read-materials.ts'
import { mayMake } from './make-documents.ts'
import { readCaseFile } from './read-case-file.ts'

const dossierPath = (caseId: string): string => `/files/dossiers/${caseId}.zip`

/** A paper in a dossier: one that was filed, or where none was, the document made from the case. */
export type DossierEntry = {
  path: string
  template: DevelopmentTemplate
  stepKey: StepKey
  step: number
  title: string
  day: string
  material: Material | null
}

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/**
 * A dossier's papers in the order of the steps: what was filed and not replaced, and for steps that are done the
 * documents that nobody has filed.
 */
export function dossierEntries(file: CaseFile, materials: readonly Material[], as: Standpoint): DossierEntry[] {
  const filed = materials.filter(({ state }) => state === 'FILED')
  const entries = stepKeys.flatMap(step => {
    const ofStep = filed.filter(material => material.step === step)
    const made = allTemplates.filter(
      template =>
        (template.eachStep ? template.steps.includes(step) : template.steps[0] === step) &&
        (template.eachStep ? [step] : template.steps).some(one => file.steps[one] !== undefined) &&
        mayMake(template, as) &&
        (template.isOf?.(file) ?? true) &&
        !(template.eachStep ? ofStep : filed).some(material => material.template === template.name),
    )
    return [
      ...ofStep.map(material => ({ step, template: material.template, day: material.filedOn, material })),
      ...made.map(({ name }) => ({ step, template: name, day: file.steps[step] ?? file.today, material: null })),
    ]
  })
  return entries.map((entry, i) => {
    const step = stepNumber(entry.step)
    const title = entry.material ? paperTitleOf(entry.template) : templateOf(entry.template).title
    const name = entry.material ? `${title}-${entry.material.fileName}` : `${title}（待签）.docx`
    return {
      ...entry,
      stepKey: entry.step,
      step,
      title,
      path: `${twoDigits(step)}/${twoDigits(i + 1)}-${nameInArchive(name)}`,
    }
  })
}

/** A paper that belongs to several steps together is told as of the last of them that is done. */
const lastDone = (name: DevelopmentTemplate, step: StepKey, file: CaseFile): StepKey => {
  const { eachStep, steps } = templateOf(name)
  return eachStep ? step : (steps.findLast(one => file.steps[one] !== undefined) ?? step)
}

// A cell that begins like a formula would be one to a spreadsheet.
const cell = (text: string): string => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** The index as a CSV that office programs open as UTF-8. */
export function dossierCsv(entries: readonly DossierEntry[]): string {
  const rows = [
    ['序号', '步骤', '材料名称', '文件', '来源', '日期', '字节', 'SHA-256'],
    ...entries.map((entry, i) => [
      String(i + 1),
      String(entry.step),
      entry.title,
      entry.path,
      entry.material ? '已归档' : '由个案生成',
      entry.day,
      entry.material?.bytes == null ? '' : String(entry.material.bytes),
      entry.material?.sha256 ?? '',
    ]),
  ]
  return `\uFEFF${rows.map(row => row.map(cell).join(',')).join('\r\n')}\r\n`
}

const indexOf = (file: CaseFile, entries: readonly DossierEntry[]) =>
  fillTemplate('dossier-index', {
    ...file,
    // What nobody has signed is no paper that is handed over; index.csv names it beside the others.
    materials: entries.flatMap(({ stepKey, path, template, day, material }) =>
      material ? [{ step: stepKey, template, fileName: path.replace(/^.*\//, ''), filedOn: day, pages: null }] : [],
    ),
  })

/** @throws DomainError NOT_FOUND */
export async function linkDossier(work: Work, caseId: string): Promise<FileLink> {
  await viewCase(work, caseId)
  return work.links.sign(dossierPath(caseId), work.actor, work.now)
}

type Opened = { open: (material: Material) => AsyncIterable<Uint8Array>; now: Date }

/**
 * A whole case as one archive with an index, as much of it as the actor may see; papers are opened one after the
 * other while the archive goes out.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND
 */
export async function openDossier(
  context: Pick<Context, 'perform' | 'today'>,
  caseId: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: AsyncIterable<Uint8Array> }> {
  const { view, materials, ...opened } = await context.perform(async work => {
    requireGoodLink(work, dossierPath(caseId), query)
    const materials = (await readMaterialsOf(work, [caseId])).get(caseId) ?? []
    const view = await viewCase(work, caseId)
    await auditReading(
      work,
      materials.filter(({ state }) => state === 'FILED'),
    )
    const { seal, papers, now } = work
    return { view, materials, open: (material: Material) => contentOf({ seal, papers }, material), now }
  })
  const file = await readCaseFile(context, view)
  const content = archiveOf(entriesOf(file, dossierEntries(file, materials, view.as), opened))
  return { name: nameInArchive(`${file.person.name}发展党员档案-${context.today}.zip`), content }
}

const entriesOf = (file: CaseFile, entries: readonly DossierEntry[], { open, now: mtime }: Opened): ArchiveEntry[] => [
  { path: 'index.docx', mtime, make: () => renderDocx(indexOf(file, entries)) },
  { path: 'index.csv', mtime, compress: true, make: async () => Buffer.from(dossierCsv(entries)) },
  ...entries.map(({ path, template, stepKey, material }) =>
    material
      ? { path, mtime: material.filedAt ?? mtime, bytes: material.bytes ?? 0, open: () => open(material) }
      : {
          ...{ path, mtime },
          make: () => renderDocx(fillTemplate(template, asOf(file, lastDone(template, stepKey, file)))),
        },
  ),
]
