-- Waits for the diagnostics of the open file, prints them, applies a quick fix.
local function say(text)
  io.stdout:write(text .. "\n")
end

local function give_up(text)
  say("failed: " .. text)
  vim.cmd("cquit 1")
end

local client = vim.lsp.start_client({
  name = "leak-clangd",
  cmd = { vim.env.LEAK_CLANGD },
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, client)
if not vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end, 50) then
  give_up("no diagnostics arrived")
end

local first
for _, d in ipairs(vim.diagnostic.get(0)) do
  local lsp = d.user_data.lsp
  say(string.format("%d: %s [%s]", d.lnum + 1, d.message, lsp.code))
  for _, note in ipairs(lsp.relatedInformation or {}) do
    say(string.format("related %d: %s", note.location.range.start.line + 1, note.message))
  end
  first = first or d
end

local start = { line = first.lnum, character = first.col }
local finish = { line = first.end_lnum, character = first.end_col }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", {
  textDocument = vim.lsp.util.make_text_document_params(0),
  range = { start = start, ["end"] = finish },
  context = {
    only = { "quickfix" },
    diagnostics = { {
      range = { start = start, ["end"] = finish },
      message = first.message,
      severity = first.severity,
      code = first.user_data.lsp.code,
      source = first.source,
    } },
  },
}, 60000)
local action
for _, answer in pairs(answers or {}) do
  for _, candidate in ipairs(answer.result or {}) do
    if candidate.kind == "quickfix" and candidate.edit then
      action = action or candidate
    end
  end
end
if not action then
  give_up("no quick fix is offered")
end
say("quick fix: " .. action.title)
vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
if not vim.wait(60000, function() return #vim.diagnostic.get(0) == 0 end, 50) then
  give_up("still reported after the quick fix")
end
say("diagnostics after the quick fix: " .. #vim.diagnostic.get(0))
vim.lsp.stop_client(client, true)
vim.cmd("qall!")
