// The chapters of the story: what members, a candidate, the clerk and the chairman do, each with their own key.
import { ApiError, Mutations, Queries } from "../typescript/dist/index.js";
import { until } from "./member.js";
import { counted } from "./printed.js";

/** Who a candidate is to the API. */
const profile = (it) => ({
  birthdate: it.birth_date,
  email: it.email,
  first_name: it.first_name,
  full_address: it.address,
  last_name: it.last_name,
  middle_name: it.middle_name,
  phone: it.phone,
});

export class Story {
  /** `coop` is the account of the cooperative, `told` what tells and checks. */
  constructor(coop, people, told) {
    this.coop = coop;
    this.people = people;
    this.told = told;
  }

  /** The council looks at its agenda, and nobody else does. */
  async agenda(outsider) {
    const { told, people } = this;
    told.chapter("agenda");
    for (const member of [...people.council, people.cashier, outsider]) await member.login();
    const agenda = await people.chairman.query(Queries.Agenda.GetAgenda);
    for (const { table, documents } of agenda) {
      told.fact("question", { id: table.id, title: documents.statement?.document.full_title ?? table.type });
    }
    told.check("agenda_shown", agenda.length > 0);
    await this.refused("agenda_refused", "FORBIDDEN", () => outsider.query(Queries.Agenda.GetAgenda));
    const used = await people.chairman.login();
    const again = () => people.chairman.mutation(Mutations.Auth.Login, used);
    await this.refused("login_refused", "LOGIN_REPLAYED", again);
  }

  /** Somebody registers, applies, pays, and is admitted. */
  async admit(candidate, details, votes) {
    const { told, people, coop } = this;
    told.chapter("admission", { name: candidate.title });
    const { tokens } = await candidate.mutation(Mutations.Accounts.RegisterAccount, {
      data: {
        username: candidate.account,
        email: candidate.email,
        public_key: candidate.publicKey,
        type: "Individual",
        individual_data: profile(details),
      },
    });
    candidate.client.setToken(tokens.access.token);
    told.fact("registered", { account: candidate.account });

    const of = { coopname: coop, username: candidate.account };
    const agreement = { data: { ...of, public_key: candidate.publicKey } };
    const signed = async (operation, variables) =>
      (await candidate.sign(await candidate.mutation(operation, variables))).input;
    const { Participants } = Mutations;
    const application = {
      username: candidate.account,
      wallet_agreement: await signed(Participants.GenerateWalletAgreement, agreement),
      signature_agreement: await signed(Participants.GenerateSignatureAgreement, agreement),
      privacy_agreement: await signed(Participants.GeneratePrivacyAgreement, agreement),
      user_agreement: await signed(Participants.GenerateUserAgreement, agreement),
      statement: await signed(Participants.GenerateParticipantApplication, { data: of }),
    };
    await candidate.mutation(Participants.RegisterParticipant, { data: application });
    told.fact("applied", { count: 5 });

    const pay = () => candidate.mutation(Mutations.Payments.CreateInitialPayment, { data: { username: candidate.account } });
    const payment = await until("an invoice", async () => {
      try {
        return await pay();
      } catch (error) {
        if (error instanceof ApiError && error.code === "NOT_FOUND") return undefined;
        throw error;
      }
    });
    await this.confirm(payment, "PAID");

    const { table: question } = await this.onAgenda((table) => table.type === "joincoop" && table.username === candidate.account);
    await this.decide(question, votes, (chairman) =>
      chairman.mutation(Participants.GenerateParticipantApplicationDecision, {
        data: { ...of, decision_id: question.id },
      }),
    );
    const account = await until("the participant", async () => {
      const found = await candidate.query(Queries.Accounts.GetAccount, { data: { username: candidate.account } });
      return found.participant_account ? found : undefined;
    });
    told.check("admitted", account.participant_account.status === "active", {
      name: candidate.title,
      status: account.participant_account.status,
    });
  }

  /** A participant adds to the share, and asks some of it back. */
  async share(member, { contributed, returned }, votes) {
    const { told, people, coop } = this;
    const { Shares } = Mutations;
    const of = { coopname: coop, username: member.account };
    const steps = [
      ["contribution", contributed, Shares.GenerateMoneyContributionStatement, "sharemoney",
        Shares.SubmitMoneyContributionStatement, Shares.GenerateMoneyContributionDecision],
      ["return", returned, Shares.GenerateReturnByMoneyStatement, "returnmoney",
        Shares.SubmitReturnByMoneyStatement, Shares.GenerateReturnByMoneyDecision],
    ];
    for (const [chapter, quantity, generate, action, submit, protocol] of steps) {
      told.chapter(chapter, { name: member.title, quantity });
      const before = await this.available(member);
      const paper = await member.mutation(generate, { data: { ...of, quantity } });
      const { document } = await member.sign(paper);
      const transaction = await member.transaction([action, { ...of, quantity, statement: document }]);
      await member.mutation(submit, { data: { ...of, hash: paper.hash, transaction } });
      const payment = () => this.payment(member, paper.hash);
      if (action === "sharemoney") await this.confirm(await payment(), "PAID");
      const { table: question } = await this.onAgenda((table) => table.hash === paper.hash);
      await this.decide(question, votes, (chairman) =>
        chairman.mutation(protocol, { data: { ...of, decision_id: question.id } }),
      );
      if (action === "returnmoney") await this.confirm(await payment(), "COMPLETED");
      const sign = action === "sharemoney" ? 1 : -1;
      const expected = before + sign * Number.parseFloat(quantity);
      const after = await until("the balance to change", async () => {
        const now = await this.available(member);
        return now === before ? undefined : now;
      });
      told.check("balance", after === expected, { name: member.title, sum: after });
    }
  }

  /** What a participant can ask back. */
  async available(member) {
    const [balance] = await member.query(Queries.Shares.GetBalances, { username: member.account });
    return Number.parseFloat(balance.available);
  }

  /** The payment of a process, once the registry has it. */
  payment({ account }, hash) {
    return until("the payment", async () => {
      const { items } = await this.people.cashier.query(Queries.Payments.GetPayments, { username: account });
      return items.find((it) => it.hash === hash && it.status === "PENDING");
    });
  }

  /** The cashier confirms that money came, or was sent, with the record of the bank. */
  async confirm({ id, hash, amount, symbol }, status) {
    const data = { id, status, reference: `order ${hash.slice(0, 8)}` };
    const done = await this.people.cashier.mutation(Mutations.Payments.SetPaymentStatus, { data });
    this.told.fact("paid", { amount, symbol, status: done.status });
  }

  /** The question that was on the agenda before: whoever has not voted does so. */
  async conclude(votes) {
    const { told, people, coop } = this;
    const { table: question, documents } = await this.onAgenda(
      ({ type, votes_for }) => type === "freedecision" && votes_for.length > 0,
    );
    const { project_id } = documents.statement.document.meta;
    told.chapter("open", { id: question.id });
    await this.decide(question, votes, (chairman) =>
      chairman.mutation(Mutations.FreeDecisions.GenerateFreeDecision, {
        data: { coopname: coop, username: chairman.account, decision_id: question.id, project_id },
      }),
    );
  }

  /** A member asks the council something, which it decides freely. */
  async ask(proposer, { question, decision, votes }) {
    const { told, coop } = this;
    told.chapter("free", { name: proposer.title });
    const { FreeDecisions } = Mutations;
    const of = { coopname: coop, username: proposer.account };
    const project = await proposer.mutation(FreeDecisions.CreateProjectOfFreeDecision, { data: { question, decision } });
    const paper = await proposer.mutation(FreeDecisions.GenerateProjectOfFreeDecision, {
      data: { ...of, project_id: project.id },
    });
    const { document, input } = await proposer.sign(paper);
    const transaction = await proposer.transaction(["freedecision", { ...of, proposal: document }]);
    await proposer.mutation(FreeDecisions.PublishProjectOfFreeDecision, {
      data: { ...of, document: input, meta: "", transaction },
    });
    told.fact("asked", { question });
    const { table: found } = await this.onAgenda((table) => table.hash === paper.hash);
    await this.decide(found, votes, (chairman) =>
      chairman.mutation(FreeDecisions.GenerateFreeDecision, {
        data: { coopname: coop, username: chairman.account, decision_id: found.id, project_id: project.id },
      }),
    );
  }

  /** The question that the council sees, once the registry has it. */
  onAgenda(is) {
    return until("the question on the agenda", async () => {
      const agenda = await this.people.chairman.query(Queries.Agenda.GetAgenda);
      return agenda.find(({ table }) => is(table));
    });
  }

  /** The council votes; the chairman signs the protocol and has it carried out. */
  async decide(question, votes, generate) {
    const { told, people, coop } = this;
    const { Decisions } = Mutations;
    const voted = new Set([...question.votes_for, ...question.votes_against]);
    let last;
    for (const member of people.council) {
      const choice = votes[member.account];
      if (voted.has(member.account) || (choice !== "for" && choice !== "against")) continue;
      const [operation, name] =
        choice === "for" ? [Decisions.VoteFor, "votefor"] : [Decisions.VoteAgainst, "voteagainst"];
      const of = { coopname: coop, username: member.account, decision_id: question.id };
      const transaction = await member.transaction([name, { ...of, hash: question.hash }]);
      last = await member.mutation(operation, { data: { ...of, transaction } });
      told.fact(choice === "for" ? "for" : "against", { name: member.title, block: last.block_num });
      if (member === people.chairman) {
        const twice = await member.transaction([name, { ...of, hash: question.hash }]);
        const again = () => member.mutation(operation, { data: { ...of, transaction: twice } });
        await this.refused("vote_refused", "REFUSED_BY_CHAIN", again);
      }
    }
    told.check("approved", last?.decision?.approved === true);
    const { chairman } = people;
    const { document } = await chairman.sign(await generate(chairman));
    const of = { coopname: coop, username: chairman.account, decision_id: question.id };
    const transaction = await chairman.transaction(
      ["authorize", { coopname: coop, chairman: chairman.account, decision_id: question.id, protocol: document }],
      ["exec", { executer: chairman.account, coopname: coop, decision_id: question.id }],
    );
    const done = await chairman.mutation(Decisions.Authorize, { data: { ...of, transaction } });
    told.check("carried_out", done.decision === null, { id: question.id, block: done.block_num });
    this.decided = (this.decided ?? 0) + 1;
  }

  /** A general meeting changes the charter: those who were for it sign its protocol, the cooperative sends it. */
  async meet(cooperative, members, rules) {
    const { told, people, coop } = this;
    told.chapter("meeting");
    const { Meetings } = Mutations;
    const { chairman } = people;
    const of = { coopname: coop, username: chairman.account };
    const { signatures_needed: needed } = await chairman.query(Queries.Meetings.GetCharter);
    const voters = members.slice(0, needed);
    const { hash } = await chairman.mutation(Meetings.GenerateCharterProtocol, {
      data: { ...of, ...rules, present: voters.map((it) => it.account) },
    });
    const find = async (member) => {
      const waiting = await member.query(Queries.Meetings.GetMeetingProtocols, { username: member.account });
      return waiting.find(({ document }) => document.hash === hash);
    };
    let protocol;
    for (const member of voters) {
      const { input } = await member.sign((await find(member)).document);
      const { public_key, signature } = input;
      protocol = await member.mutation(Meetings.SignMeetingProtocol, {
        data: { coopname: coop, username: member.account, hash, public_key, signature },
      });
      told.fact("signed", { name: member.title, missing: protocol.missing.length });
    }
    const meeting = await cooperative.signed(protocol);
    const transaction = await cooperative.transaction(["setcharter", { coopname: coop, charter: rules, meeting }]);
    await chairman.mutation(Meetings.SubmitCharterProtocol, { data: { ...of, hash, transaction } });
    const { quorum_percent: quorum } = await chairman.query(Queries.Meetings.GetCharter);
    told.check("charter", quorum === rules.quorum_percent, { quorum });
  }

  /** What the registry has of it all. */
  async registry() {
    const { told, people } = this;
    told.chapter("registry");
    const data = { filter: { receiver: this.coop }, limit: 50 };
    const documents = await until("the registry", async () => {
      const found = await people.chairman.query(Queries.Documents.GetDocuments, { data });
      const decided = found.items.filter(({ decision }) => decision);
      return decided.length > this.decided ? decided : undefined;
    });
    for (const { decision, statement } of documents) {
      const title = decision.document.full_title;
      told.fact("kept", { title, about: statement?.document.full_title ?? "", votes: decision.votes_for.length });
    }
    told.check("registry_shown", documents.every(({ decision }) => decision.votes_for.length * 2 > people.council.length), { count: documents.length });
    const { all, used } = counted();
    told.check("samples_run", used === all, { used, all });
  }

  async refused(what, code, attempt) {
    try {
      await attempt();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.told.check(what, error.code === code, { message: error.message });
      return;
    }
    this.told.check(what, false, { message: "" });
  }
}
