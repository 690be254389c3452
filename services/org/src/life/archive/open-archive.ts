import { recordAudit, shanghaiDay } from '@linghang/access'
import { type DocumentModel, renderDocx } from '@linghang/documents'
import { type ArchiveEntry, archiveOf, nameInArchive } from '@linghang/papers/archive'
import { type FileSum, withSums } from '@linghang/papers/archive-sums'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { meetingKindRules } from '@linghang/rulebook'
import type { Context, Work } from '../../work.ts'
import { contentOf } from '../meetings/hold-meeting.ts'
import { minutesDocument } from '../minutes/minutes-document.ts'
import { fail } from './errors.ts'
import type { ArchivedMeeting, LifeYear } from './life-year.ts'
import { readLifeYear } from './read-year.ts'
import {
  appraisalsDocument,
  indexDocument,
  ledgerDocument,
  measuresDocument,
  plansDocument,
  remarksDocument,
} from './year-documents.ts'

type Wanted = { orgId: string; year: number }
const archivePath = ({ orgId, year }: Wanted): string => `/files/life-archives/${orgId}.zip?year=${year}`

/** A link to the archive of a year for whoever sees its meetings. @throws DomainError NOT_FOUND, LIFE_ARCHIVE_TOO_LARGE */
export async function linkLifeArchive(context: Context, links: Links, wanted: Wanted): Promise<FileLink> {
  await readLifeYear(context, wanted.orgId, wanted.year)
  return context.perform(async ({ actor, now }: Work) => links.sign(archivePath(wanted), actor, now))
}

const versionsOf = ({ versions, meeting: { version } }: ArchivedMeeting): string =>
  versions.length > 1 ? `第${version}版（共${versions.length}版，逐版原因见会议版本）` : `第${version}版`

/** The minutes of the version that counts, made when its turn comes: it is immutable, so that what was read still holds. */
const minutesOf = (context: Context, { organisation: { name } }: LifeYear, one: ArchivedMeeting, n: number) => {
  const { meeting, versions } = one
  const kind = meetingKindRules[meeting.kind].name.zh
  const file = `${String(n + 1).padStart(3, '0')}-${meeting.heldOn}-${kind}记录-第${meeting.version}版.docx`
  const closedAt = versions.find(({ version }) => version === meeting.version)?.closedAt
  return {
    entry: { date: meeting.heldOn, kind, versions: versionsOf(one) },
    path: `会议/${nameInArchive(file)}`,
    make: async () => {
      const content = await context.perform(work => contentOf(work, meeting))
      const printedOn = closedAt ? shanghaiDay(closedAt) : meeting.heldOn
      return renderDocx(minutesDocument({ organisation: name, meeting, content, printedOn }))
    },
  }
}

/** Which versions there were of each meeting, and why: a line of JSON each. */
const versionLines = ({ meetings }: LifeYear): string =>
  meetings
    .flatMap(({ meeting, versions }) =>
      versions
        .toReversed()
        .map(({ version, heldOn, closedAt, reason, due, present }) =>
          JSON.stringify({ meeting: meeting.id, kind: meeting.kind, version, heldOn, closedAt, reason, due, present }),
        ),
    )
    .map(line => `${line}\n`)
    .join('')

/** The files of a year in their order, the index and the sums last, when all hashes are known. */
function filesOf(context: Context, year: LifeYear, mtime: Date): ArchiveEntry[] {
  const made = (name: string, model: (year: LifeYear) => DocumentModel) => ({
    ...{ path: `${name}.docx`, entry: { date: '', kind: name, versions: '' } },
    make: async () => renderDocx(model(year)),
  })
  const files = [
    made('组织生活方案', plansDocument),
    made('组织生活台账', ledgerDocument),
    made('整改清单', measuresDocument),
    made('民主评议结果', appraisalsDocument),
    made('上级意见', remarksDocument),
    ...year.meetings.map((one, n) => minutesOf(context, year, one, n)),
    {
      ...{ path: '会议版本.jsonl', entry: { date: '', kind: '会议版本', versions: '' } },
      make: async () => Buffer.from(versionLines(year)),
    },
  ]
  const index = (sums: readonly FileSum[]) =>
    renderDocx(
      indexDocument(
        year,
        files.map(({ path, entry }, i) => ({ ...entry, name: path, sha256: sums[i]?.sha256 ?? '' })),
      ),
    )
  return withSums(files, [{ path: '目录.docx', make: index }], mtime)
}

/**
 * A year of an organisation's life as one file: the same state gives the same bytes. That it was fetched is recorded.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND, LIFE_ARCHIVE_TOO_LARGE
 */
export async function openLifeArchive(
  context: Context,
  links: Links,
  orgId: string,
  { year: asked, ...query }: Record<string, unknown>,
): Promise<{ name: string; content: AsyncIterable<Uint8Array> }> {
  if (typeof asked !== 'string' || !/^\d{4}$/.test(asked)) return fail('LINK_REFUSED')
  const wanted = { orgId, year: Number(asked) }
  await context.perform(async ({ actor, now }: Work) =>
    requireGoodLink({ links, actor, now }, archivePath(wanted), query),
  )
  const year = await readLifeYear(context, orgId, wanted.year)

  await context.perform(work =>
    recordAudit(work, [
      { orgId, action: `life-archive.fetched: ${wanted.year}`, subjectType: 'Organisation', subjectId: orgId },
    ]),
  )
  const { code } = year.organisation
  // Of the year, and not of the moment: the same state is the same file, to the byte.
  const mtime = new Date(Date.UTC(wanted.year, 11, 31, 4))
  return { name: `组织生活档案-${code}-${wanted.year}.zip`, content: archiveOf(filesOf(context, year, mtime)) }
}
