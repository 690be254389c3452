import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openPaper, openPapers } from './open-papers.ts'
import { paperResolvers } from './resolvers.ts'

/** The 37 papers of an election (选举材料): each filled from its facts, one by one or all at once. */
export const electionPapersRoom = (links: Links) =>
  room({
    errors: table,
    resolvers: paperResolvers(links),
    routes: [
      fileRoute('/files/election-papers/:id/:name.docx', (context, { id, name: address, query }) =>
        openPaper(context, links, { id, address }, query),
      ),
      fileRoute('/files/election-papers/:id.zip', (context, { id, query }) => openPapers(context, links, id, query)),
    ],
  })
