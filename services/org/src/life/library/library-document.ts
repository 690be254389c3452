import { type DocumentModel, heading, note, plain, title } from '@linghang/documents'
import type { LibraryVersion } from './version.ts'

/** A system or a flow as a document, in the layout of GB/T 9704. */
export const libraryDocument = (
  { name, title: of, sections, basis, version, effectiveFrom }: LibraryVersion,
  county: string,
): DocumentModel => ({
  ...{ template: name, title: of, layout: 'GUIDE', redHead: null },
  blocks: [
    title(of),
    ...sections.flatMap(({ heading: about, paragraphs }) => [heading(about), ...paragraphs.map(said => plain(said))]),
    note(
      version === 0
        ? `依据：${basis}。文字为通行做法，县级可以另定。`
        : `依据：${basis}。${county}第${version}版，自${effectiveFrom}起施行。`,
    ),
  ],
})
