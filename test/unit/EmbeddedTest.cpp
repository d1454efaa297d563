//===--- EmbeddedTest.cpp - files that are part of the program ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Embedded.h"
#include "gtest/gtest.h"

using namespace leak;

TEST(Embedded, ModelsBeginWithTheStandardLibrary) {
  llvm::ArrayRef<EmbeddedFile> Models = embeddedModels();
  ASSERT_FALSE(Models.empty());
  EXPECT_EQ(Models.front().Name, "lib/models/std.yaml");
  for (size_t I = 2; I < Models.size(); ++I)
    EXPECT_LT(Models[I - 1].Name, Models[I].Name);
}

TEST(Embedded, TextIsWhole) {
  for (const EmbeddedFile &Model : embeddedModels()) {
    EXPECT_TRUE(Model.Name.ends_with(".yaml")) << Model.Name.str();
    EXPECT_TRUE(Model.Text.contains("library:")) << Model.Name.str();
    EXPECT_TRUE(Model.Text.ends_with("\n")) << Model.Name.str();
  }
  for (const EmbeddedFile &Page : embeddedPages()) {
    EXPECT_TRUE(Page.Name.ends_with(".md")) << Page.Name.str();
    EXPECT_TRUE(Page.Text.starts_with("# leak-")) << Page.Name.str();
    EXPECT_TRUE(Page.Text.ends_with("\n")) << Page.Name.str();
  }
}
