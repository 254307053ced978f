import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocket, WebSocketServer } from "ws";
import { ApiError, Client, ConnectionError } from "../dist/index.js";
import { operation } from "../dist/operation.js";

const query = operation("query", "{ rows { at inner { at } } }", [["rows", "at"], ["rows", "inner", "at"]]);
const follow = operation("subscription", "subscription { ticks { at } }", [["ticks", "at"]]);

/** A server on loopback that answers each request by `answer`, and a client of it. */
async function serving(t, answer, options = {}) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    answer(request, body, response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Client({ api_url: `http://127.0.0.1:${server.address().port}/v1/graphql`, ...options });
}

const json = (response, value, status = 200) => {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
};

test("a request is what GraphQL over HTTP wants, with the headers and the token of the client", async (t) => {
  const seen = [];
  const client = await serving(t, ({ method, url, headers }, body, response) => {
    seen.push({ method, url, token: headers.authorization, lang: headers["accept-language"], body: JSON.parse(body) });
    json(response, { data: { rows: [] } });
  }, { headers: { "Accept-Language": "ru" } });
  await client.Query(query);
  client.setToken("secret");
  await client.Query(query, { variables: { id: 1 } });
  client.setToken(undefined);
  await client.Query(query);
  assert.deepEqual(seen.map(({ token }) => token), [undefined, "Bearer secret", undefined]);
  assert.deepEqual(seen[1], {
    method: "POST",
    url: "/v1/graphql",
    token: "Bearer secret",
    lang: "ru",
    body: { query: query.text, variables: { id: 1 } },
  });
});

test("moments become dates, wherever they are, and what is empty stays so", async (t) => {
  const at = "2026-02-01T10:00:00Z";
  const client = await serving(t, (_, __, response) =>
    json(response, { data: { rows: [{ at, inner: [{ at }, null] }, { at: null, inner: null }, null] } }));
  const { rows } = await client.Query(query);
  assert.deepEqual(rows, [
    { at: new Date(at), inner: [{ at: new Date(at) }, null] },
    { at: null, inner: null },
    null,
  ]);
});

test("what the server refuses is an ApiError with its code, also with a status that is none of success", async (t) => {
  for (const status of [200, 400, 401]) {
    const errors = [{ message: "no", path: ["rows"], extensions: { code: "auth.required" } }];
    const client = await serving(t, (_, __, response) => json(response, { data: null, errors }, status));
    await assert.rejects(client.Query(query), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.code, error.status, error.message], ["auth.required", status, "no"]);
      assert.deepEqual(error.errors, errors);
      return true;
    });
  }
});

test("what is no answer of an API is a ConnectionError", async (t) => {
  const answers = {
    "a page of a proxy": (response) => response.writeHead(502).end("<html>Bad Gateway</html>"),
    "nothing": (response) => response.writeHead(204).end(),
    "a number": (response) => json(response, 7),
    "no data": (response) => json(response, {}),
    "a broken connection": (response) => response.destroy(),
    "no answer in time": () => {},
  };
  for (const [name, answer] of Object.entries(answers)) {
    const client = await serving(t, (_, __, response) => answer(response), { timeout: 300 });
    await assert.rejects(client.Query(query), ConnectionError, name);
  }
  const nobody = new Client({ api_url: "http://127.0.0.1:1/v1/graphql" });
  await assert.rejects(nobody.Query(query), /ECONNREFUSED|bad port/);
});

test("an address that is none is refused at once", () => {
  for (const api_url of ["", "/v1/graphql", "ftp://host/v1/graphql"]) {
    assert.throws(() => new Client({ api_url }), TypeError);
  }
});

test("a subscription gives what the server sends, with dates, and ends with the loop", async (t) => {
  const at = "2026-02-01T10:00:00Z";
  let ended = 0;
  let parameters;
  const schema = buildSchema("type Query { a: Int } type Tick { at: String } type Subscription { ticks: Tick }");
  schema.getSubscriptionType().getFields().ticks.subscribe = async function* () {
    try {
      for (;;) {
        yield { ticks: { at } };
        await new Promise((done) => setImmediate(done));
      }
    } finally {
      ended += 1;
    }
  };
  const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1", path: "/v1/graphql" });
  await new Promise((done) => sockets.once("listening", done));
  const onConnect = ({ connectionParams }) => {
    parameters = connectionParams;
    return connectionParams.Authorization !== "Bearer old";
  };
  const server = useServer({ schema, onConnect }, sockets);
  t.after(() => server.dispose());
  const api_url = `http://127.0.0.1:${sockets.address().port}/v1/graphql`;
  const client = new Client({ api_url, webSocket: WebSocket });
  client.setToken("secret");
  let count = 0;
  for await (const { ticks } of client.Subscription(follow)) {
    assert.deepEqual(ticks.at, new Date(at));
    if (++count === 3) break;
  }
  while (ended === 0) await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(parameters, { Authorization: "Bearer secret" });

  const wrong = operation("subscription", "subscription { none }");
  await assert.rejects(client.Subscription(wrong).next(), ApiError);
  client.setToken("old");
  await assert.rejects(client.Subscription(follow).next(), ConnectionError);
});
