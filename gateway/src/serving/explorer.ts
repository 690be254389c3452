import type { FastifyInstance } from 'fastify'
import { sendTagged, tagged } from './tagged-text.ts'

/**
 * All of it comes from this gateway: a page that fetched its script elsewhere would send a stranger's code the tokens
 * that are typed into it, and would not open on an office network.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  // The editor measures and colours its lines with styles that it makes itself.
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const welcome = `# 领航接口浏览 / the API of Linghang
#
# 1. 在下方 Headers 中填写令牌 / put a token into Headers below:
#    { "authorization": "Bearer <npm run -s token -- --as ...>" }
# 2. 按 Shift-Ctrl-R 读取接口说明 / read the schema with Shift-Ctrl-R
# 3. 按 Ctrl-Enter 查询 / ask with Ctrl-Enter

{
  me {
    id
  }
}
`

const page = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<link rel="icon" href="/explorer/icon.svg">
<title>领航 Linghang GraphiQL</title>
<link rel="stylesheet" href="/explorer/graphiql.css">
<style>html, body, #root { height: 100%; margin: 0 }</style>
</head>
<body>
<noscript>此页面需要 JavaScript / this page needs JavaScript</noscript>
<div id="root"></div>
<script src="/explorer/graphiql.js"></script>
<script src="/explorer/start.js"></script>
</body>
</html>
`

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<circle cx="16" cy="16" r="16" fill="#c8102e"/><path d="M16 5 23 26 16 21 9 26Z" fill="#fff"/>
</svg>
`

// Tokens are not kept in the browser: whoever sits down at an office machine next would find them.
const start = `self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => '/explorer/' + label + '.worker.js',
}
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  endpoint: '/graphql',
  title: '领航 Linghang',
  defaultQuery: ${JSON.stringify(welcome)},
  headers: ${JSON.stringify('{ "authorization": "Bearer " }')},
  isHeadersEditorEnabled: true,
  shouldPersistHeaders: false,
})
`

/**
 * GraphiQL at `GET /explorer`, for who writes an app.
 * @throws Error when the package is not installed, as in an image without development packages
 */
export async function explorerRoutes(app: FastifyInstance): Promise<void> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql').catch(() => {
    throw new Error('EXPLORER=1 needs the development packages: npm ci without --omit=dev')
  })
  const files: Record<string, { type: string; text: string }> = {
    '': { type: 'text/html', text: page },
    '/icon.svg': { type: 'image/svg+xml', text: icon },
    '/start.js': { type: 'text/javascript', text: start },
    '/graphiql.js': { type: 'text/javascript', text: graphiql.js },
    '/graphiql.css': { type: 'text/css', text: graphiql.css },
    '/editorWorkerService.worker.js': { type: 'text/javascript', text: graphiql.editorWorkerService },
    '/graphql.worker.js': { type: 'text/javascript', text: graphiql.graphqlWorker },
    '/json.worker.js': { type: 'text/javascript', text: graphiql.jsonWorker },
  }
  for (const [path, { type, text }] of Object.entries(files)) {
    const file = tagged(type, text)
    app.get(`/explorer${path}`, async (request, reply) => {
      void reply.headers({
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
      return sendTagged(request, reply, file)
    })
  }
}
