// The README's tour, through the client that openapi-typescript and openapi-fetch make of the contract: it compiles only
// while the contract says what the tour does, and it runs against a live host, or against a validator that stands before one.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

const setting = (name: string): string => process.env[name] ?? assert.fail(`${name} is not set`);

const client = createClient<paths>({ baseUrl: setting('DISCLOSURE_API') });
const document = await readFile(setting('DISCLOSURE_DOCUMENT'), 'utf8');
const code = setting('DISCLOSURE_AGENCY');
const supervisor = setting('DISCLOSURE_OFFICE');
const report = { code, year: 2023 };
const as = (role: string) => ({ Authorization: `Bearer ${setting(`DISCLOSURE_TOKEN_${role}`)}` });
const step = () => ({ 'Idempotency-Key': `"${randomUUID()}"` });
const asText = { bodySerializer: (body: unknown) => String(body), headers: { 'Content-Type': 'text/plain; charset=utf-8' } };

/** The data of a good answer; a problem ends the tour and is told whole. */
function good<T>(answer: { data?: T; error?: unknown; response: Response }, status: number): T {
  assert.equal(answer.response.status, status, JSON.stringify(answer.error));
  return answer.data as T;
}

const filing = good(await client.POST('/v1/conversions', { body: document, ...asText }), 200);
assert.equal(filing.content?.tables?.applications?.received?.total, 23);

const judged = good(await client.POST('/v1/validations', { body: filing }), 200);
assert.ok(judged.findings.every(({ severity }) => severity === 'info'));

const agency: components['schemas']['Agency'] = {
  code, name: '云州市桂山区工业和信息化局', region: '990102', level: 'county', kind: 'department',
  supervisor, line: null, validFrom: '2019-01-01', validTo: null, successors: [],
};
good(await client.PUT('/v1/agencies/{code}', {
  params: { path: { code }, header: { 'If-None-Match': '*' } }, headers: as('REGISTRAR'), body: agency,
}), 201);

const draft = good(await client.PUT('/v1/agencies/{code}/reports/{year}/draft', {
  params: { path: report, header: { 'If-None-Match': '*' } },
  body: document, bodySerializer: asText.bodySerializer, headers: { ...asText.headers, ...as('SUBMITTER') },
}), 201);
const { contentHash } = draft;

const reviewed = good(await client.POST('/v1/agencies/{code}/reports/{year}/secrecy-review', {
  params: { path: report, header: step() }, headers: as('SECRECY_REVIEWER'), body: { contentHash, passed: true },
}), 201);
const submitted = good(await client.POST('/v1/agencies/{code}/reports/{year}/submission', {
  params: { path: report, header: step() }, headers: as('SUBMITTER'), body: {},
}), 201);
const approved = good(await client.POST('/v1/agencies/{code}/reports/{year}/review', {
  params: { path: report, header: step() }, headers: as('REVIEWER'), body: { decision: 'approve', contentHash },
}), 201);
const published = good(await client.POST('/v1/agencies/{code}/reports/{year}/publication', {
  params: { path: report, header: step() }, headers: as('REVIEWER'), body: {},
}), 201);
assert.deepEqual([reviewed, submitted, approved, published].map(({ state }) => state), ['draft', 'submitted', 'approved', 'published']);

const read = await client.GET('/v1/agencies/{code}/reports/{year}', { params: { path: report } });
assert.equal(good(read, 200).content?.tables?.applications?.received?.total, 23);
assert.equal(good(read, 200).contentHash, contentHash);
const again = await client.GET('/v1/agencies/{code}/reports/{year}', {
  params: { path: report, header: { 'If-None-Match': read.response.headers.get('ETag') ?? '' } },
});
assert.equal(again.response.status, 304);
const findings = good(await client.GET('/v1/agencies/{code}/reports/{year}/findings', { params: { path: report } }), 200);
assert.ok(findings.findings.every(({ severity }) => severity === 'info'));

const stranger = await client.GET('/v1/agencies/{code}/reports/{year}/draft', { params: { path: report } });
assert.equal(stranger.response.status, 401);

console.log(`The tour of ${code} ends at revision ${published.revision}.`);
