import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { one } from '@linghang/subgraph'
import { nameOfCounty } from '../../structure/counties/read-counties.ts'
import type { Context, Work } from '../../work.ts'
import { fail } from './errors.ts'
import { libraryDocument } from './library-document.ts'
import { type LibraryName, libraryNames } from './library-text.ts'
import { libraryStore } from './store.ts'
import { inForce, type LibraryVersion, platformVersion } from './version.ts'

/** A text of the library: what holds, what the platform has, and what the county has had. */
export type LibraryEntry = {
  name: LibraryName
  inForce: LibraryVersion
  platform: LibraryVersion
  own: LibraryVersion[]
}

/** The whole library as it holds on a day. */
export const libraryOn = one(async ({ tx, actor }: Work, days) => {
  const own = await libraryStore.own(tx, actor.countyId, null)
  const entry = (name: LibraryName, on: string): LibraryEntry => ({
    ...{ name, inForce: inForce(name, own, on), platform: platformVersion(name) },
    own: own.filter(version => version.name === name),
  })
  return new Map(days.map(on => [on, libraryNames.map(name => entry(name, on))]))
})

/** `FLOW_CLASS` is `flow-class` in an address. */
const addressOf = (name: LibraryName): string => name.toLowerCase().replaceAll('_', '-')
const pathOf = (countyId: string, name: LibraryName): string => `/files/library/${countyId}/${addressOf(name)}.docx`

/** A link to a text as it holds today, for whoever belongs to the county. */
export const linkText = (context: Context, links: Links, name: LibraryName): Promise<FileLink> =>
  context.perform(async ({ actor, now }: Work) => links.sign(pathOf(actor.countyId, name), actor, now))

/** @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND */
export async function openText(
  context: Context,
  links: Links,
  { countyId, address }: { countyId: string; address: string },
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  const asked = libraryNames.find(name => addressOf(name) === address)
  const name = asked ?? fail('NOT_FOUND', { what: `Library:${address.slice(0, 40)}` })
  // A link of another county's is one that was signed for somebody else.
  await context.perform(async ({ actor, now }: Work) =>
    requireGoodLink({ links, actor, now }, pathOf(countyId, name), query),
  )
  const { county, own } = await context.perform(async (work: Work) => ({
    county: await nameOfCounty(work),
    own: await libraryStore.own(work.tx, work.actor.countyId, name),
  }))
  const version = inForce(name, own, context.today)
  return { name: `${version.title}.docx`, content: await renderDocx(libraryDocument(version, county)) }
}
